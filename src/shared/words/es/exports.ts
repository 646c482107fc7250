import type { Translation } from '../catalogue';

export const exports: Translation['exports'] = {
  saved: '{suggestedName} guardado.',
  imported: '{name} importado: {n, plural, one {# decisión} other {# decisiones}}.',
  title: 'Exportar e importar',
  saveAs: 'Guardar {what} como {form}',
  importReview: 'Importar una revisión',
  importHint:
    'De este registro y este modelo; si aquí ya se ha decidido algo, se une como lectura de otro lector.',
  choose: 'Elegir…',
  anonymous: 'Omitir a quién pertenece y mover la fecha (la revisión conserva sus nombres)',
  neverChanged: 'El registro original nunca se modifica.',
  afterAnalysis: 'Hallazgos, latidos e informe se podrán guardar cuando termine el análisis.',
  recording: 'Registro',
  recordingAbout:
    'Las muestras tal como se registraron, con las anotaciones del archivo donde el formato tenga sitio para ellas.',
  report: 'Informe',
  reportAbout:
    'Para un archivo clínico: el PDF en DICOM, o un paquete FHIR de observaciones con el PDF.',
  findings: 'Hallazgos',
  findingsAbout: 'Tipo, lugar, medida y su decisión, una línea por cada uno.',
  beats: 'Latidos',
  beatsAbout:
    'Tiempo, clase y RR tal como los dejó, una línea por cada uno; para WFDB como anotador «fid» con ritmo y veredictos.',
  marks: 'Marcas',
  marksAbout: 'Lo que midió con el compás, una línea cada una, con mV en ambos bordes y QTc.',
  segments: 'Segmentos',
  segmentsAbout: 'Veredicto, probabilidad, su decisión y nota, una línea por cada uno.',
  review: 'Revisión',
  reviewAbout:
    'Todas las decisiones y el camino hasta ellas, con nombres. Se puede importar abajo o en otro equipo.',
};
