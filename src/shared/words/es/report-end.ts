import type { Translation } from '../catalogue';

export const reportEnd: Translation['reportEnd'] = {
  noEvent: 'Ningún evento que decidir uno por uno',
  decided:
    '{n, plural, one {{decided} de # evento decidido} other {{decided} de # eventos decididos}}',
  noneOpen: 'ninguno abierto',
  open: 'abiertos: {n}',
  borderline:
    '{n, plural, one { {count} tramo limítrofe visto, en el informe: {reported}.} other { {count} tramos limítrofes vistos, en el informe: {reported}.}}',
  none: 'ninguno',
  allFormsSeen: ' Vistas todas las formas de los latidos.',
  formsUnseen:
    '{all, plural, one { {unseen} de {all} latido aislado, pareja o patrón tal como los cuenta el programa, sin revisar por su forma.} other { {unseen} de {all} latidos aislados, parejas y patrones tal como los cuenta el programa, sin revisar por su forma.}}',
  nothingRejected: 'Nada rechazado.',
  rejectedBeats: '{count, plural, one {, {count} latido} other {, {count} latidos}}',
  rejectedRest:
    '{n, plural, one {# hallazgo, indicado al final} other {# hallazgos, indicados al final}}',
  rejectedOther:
    '{n, plural, one {# hallazgo más, indicado al final} other {# hallazgos más, indicados al final}}',
  rejected: 'Rechazado: {what}. Lo rechazado no cuenta en ninguna de estas cifras.',
  as_artefact: 'artefacto',
  as_aberrant: 'aberrante',
  as_supraventricular: 'supraventricular',
  as_other: 'otro',
  changedByReaders: 'Cambiado por lectores',
  sinceSignature: 'Desde la última firma',
  changed: '{name} {before}, ahora {now}',
  noName: 'un lector sin nombre',
  acts: '{n, plural, one {{reader} (# acción, la última {at})} other {{reader} (# acciones, la última {at})}}',
  noNumberChanged: 'ningún número de esta página',
  by: '; por {who}',
  and: ' y ',
  rejectedByReader: 'Rechazado por el lector',
  inNoFigure: 'en ninguna cifra de este informe',
  andMore: 'y {n} más',
  notes: 'Notas',
  onNoStrip: 'que no están en ninguna tira, o no enteras',
  quoted: '«{words}»',
  readAndSigned: 'Leído y firmado',
  notSigned: 'Lector, sin firmar',
  firstSigned: 'Primera firma: {reader}, {at}; ese informe se conserva',
  dateHint: 'Fecha. Un cambio posterior da un informe modificado; este se conserva',
  allOfStrip: ', bradicardia en todos los de una tira que tiene menos',
  thresholds:
    'Umbrales: pausa de más de {pause} s, urgente desde {urgentPause} s, asistolia desde {asystole} s; salva ventricular {runBeats} latidos, taquicardia de más de {vtBpm} lpm; fibrilación de {af} s o más; bradicardia de menos de {bradycardia} y taquicardia de más de {tachycardia} lpm en {rateBeats} intervalos{strip}; QRS ancho desde {wideQrs} ms, medido.',
  model:
    'Modelo {id} {version}, esquema {scheme}, umbral {threshold}; SHA-256 del modelo {sha256}; {record}.',
  recordHash: 'SHA-256 del registro {sha256}',
  recordHashLeftOut: 'SHA-256 del registro omitido con la identidad',
  limits:
    'Límites: {limits} No se valoran ST, QT, conducción ni marcapasos. Analizable {analysable} de {length}.',
  decidedBy: 'Decidido por {readers}.',
  nameless: 'un lector sin nombre',
  written: 'Escrito {at} por Fiducial {version}. Las tiras están a escala si se imprimen al 100 %.',
  readBy: 'Leído por {first}, segunda lectura de {second}',
  noneByBoth: '{who}: ningún evento decidido por ambos.',
  ofBoth:
    '{n, plural, one {de # evento decidido por ambos} other {de # eventos decididos por ambos}}',
  noneDiffers: '{who}: {of} ninguno difiere.',
  differ: '{n, plural, one {# difiere} other {# difieren}}',
  notSettled: ', sin resolver: {n}',
  adjudicated: ', resuelto por {readers}',
  secondCameIn: ' La segunda lectura vino en {file}.',
  agreement:
    'Dos lectores: {events}; {segments} (Cohen, Educ Psychol Meas 1960;20:37), sobre lo que ambos decidieron.{from}',
  events: 'eventos',
  segments: 'segmentos',
  noneDecidedByBoth: '{what}: ninguno decidido por ambos',
  same: '{what}: {agreed} de {both} iguales ({share} %), {beyond}',
  noKappa: 'kappa no definido',
  kappa: 'kappa de Cohen {kappa}',
  nobody: 'nadie todavía',
};
