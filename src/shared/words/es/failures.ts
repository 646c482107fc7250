import type { Translation } from '../catalogue';

/** Frases de lo que ha ido mal. */
export const failures: Translation['failures'] = {
  earlierReading:
    'Esta es una lectura anterior del registro, tal como se dejó: en ella no se decide ni se firma nada. Vuelva antes a la actual.',
  notOnWorklist: 'Este registro no está en la lista de trabajo; abra su archivo de nuevo.',
  noRecordingIn: 'No hay ningún registro en {paths}.',
  folderForgotten: 'Esta carpeta ya no se conoce; elíjala de nuevo.',
  changedWhileRead: 'Los archivos de {name} cambiaron mientras se leían; léalos de nuevo.',
  otherFiles: 'Los archivos de {name} no son los que se analizaron; analícelos de nuevo.',
  otherModelVersion: 'Otra versión de {model} dio estos veredictos; analice de nuevo.',
  segmentNotYet: 'El segmento {n} aún no se ha analizado.',
  analysisCancelled: 'El análisis se ha cancelado.',
  endedFromOutside:
    'El proceso que ejecuta la red fue terminado desde fuera {times} veces durante un mismo lote ({reason}); inténtelo de nuevo.',
  noReference: '{why} No se sabe qué dicen de un latido, así que no sirven de referencia.',
  needsAnalysis: 'Esto necesita un análisis terminado; inícielo y espere a que acabe.',
  analysisForgotten: 'Este análisis ya no se conoce; inícielo de nuevo.',
  changedSinceAnalysed: '{name} ha cambiado desde que se analizó; analícelo de nuevo.',
  decidedMeanwhile: 'Entretanto se ha decidido algo sobre este registro; mírelo de nuevo.',
  nothingToUndo: 'No hay nada que deshacer ni rehacer.',
  neverMixed: 'Este registro tiene decisiones propias; un historial nunca se mezcla.',
  otherBeatsThere:
    'La primera lectura tiene ahí otros latidos o clases que este evento: póngalos en Latidos y se podrá confirmar.',
  finishOwnFirst: 'Termine su propia segunda lectura antes de comparar dos.',
  noSuchFinding: 'No existe el hallazgo {id} en este registro; mírelo de nuevo.',
  noSuchAnalysis: 'No existe ese análisis; abra el registro y analícelo primero.',
  formsChanged: 'Estas formas de latidos ya no están.',
  formsNotYet: 'Los latidos no tienen formas hasta que el análisis los haya nombrado todos.',
  noSecondRead: 'No hay segunda lectura de este registro.',
  secondReadOpen: '{reader} no ha terminado la segunda lectura.',
  finishBeforeExport: 'Termine su segunda lectura antes de exportar nada de ella.',
  finishBeforeImport: 'Termine su segunda lectura antes de importar otra.',
  ofOtherRecording: '{name} es de otro registro ({record}).',
  ofOtherModel: '{name} se decidió sobre veredictos de otro modelo ({model}).',
  nothingNewIn: '{file} no contiene nada que no esté ya aquí.',
  noSettings: '{file} no contiene ajustes exportados por Fiducial.',
  settingsOfLaterVersion:
    '{file} es de una versión posterior de Fiducial; sus ajustes no se importan.',
  noSuchSetting:
    '{file}: {field} no es un ajuste de Fiducial; no se ha importado nada del archivo.',
  settingRefused: '{file}: {field} no puede ser {value}; no se ha importado nada del archivo.',
  severalReadersIn: '{file} contiene varios lectores; no pueden ser todos {as}.',
  namelessReaderIn: 'El lector de {file} no tiene nombre; diga con cuál se importa.',
  sameReaderIn:
    '{reader} también ha decidido aquí, así que {file} no es de otro lector; diga con qué nombre se importa.',
  secondReadOpenIn: '{reader} no ha terminado la segunda lectura en {file}.',
  reportNotKept: 'La versión {n} de este informe no se conserva aquí.',
  signatureNeedsName: 'Un informe se firma con un nombre; indique el del lector.',
  reportOfBothReads: 'El informe es de las dos lecturas: termine primero su segunda lectura.',
  documentGone: 'Este documento ya no está; hágalo de nuevo.',
  cancelled: 'La petición se ha cancelado.',
  noEcgLead:
    '{name} no tiene ninguna derivación de ECG: ninguna de sus señales es un voltaje que se llame así.',
  noLeadForModel: '{name} no tiene ninguna derivación de ECG (ningún voltaje que se llame así).',
  leadsTooSlow:
    '{name}: ninguna derivación de ECG tiene {rate} muestras por segundo o más, que hacen falta para clasificar latidos.',
  noSamples: '{name} no contiene muestras.',
  noSignals: '{name} no declara ninguna señal, así que no hay nada que leer.',
  archiveWithin:
    '{name} no contiene ningún registro, sino otro archivo comprimido, {inside}: descomprímalo y abra lo que contiene.',
  archiveWithout: '{name} no contiene ningún registro que Fiducial lea.',
  unknownFormat: '{name} no está en ninguno de los formatos de registro que lee Fiducial.',
  notThere: '{name} no existe.',
  noPermission: 'No se permite leer {name}: permiso denegado.',
  cannotBeRead: 'No se puede leer {name} ({why}).',
  noRegularFile: '{name} no es un archivo normal.',
  tooLarge: '{name} supera los {size} MB que se leen de su formato.',
  noHeader: '{name} no es una cabecera WFDB: su primera línea no nombra registro y señales.',
  modelUnusable: 'El modelo «{id}» no se puede usar. {why}',
  modelUnusableOthers: 'El modelo «{id}» no se puede usar. {why} {others}',
  noModelUsable: '{why} {others}',
  nothingAnalysed: 'No se analiza nada.',
  nothingAnalysedUnless: 'No se analiza nada con otro modelo salvo que usted lo nombre ({names}).',
  modelDamaged: '{file} no tiene el SHA-256 que da la ficha del modelo.',
  noModelIn: 'No hay ningún modelo en {folder}.',
  mayNotBeRead: 'No se permite leer {name} ({code}).',
  unreadable: 'No se puede leer {name}: {why}.',
  diskFull: 'No se puede escribir {name}: el disco está lleno; libere espacio y hágalo de nuevo.',
  diskReadOnly:
    'No se puede escribir {name}: el disco es de solo lectura; indique un lugar en otro.',
  notYours:
    'No se puede escribir {name}: no tiene permiso; indique otro lugar o revise sus permisos.',
  noFolder: 'No se puede escribir {name}: no existe esa carpeta.',
  placeTaken: 'No se puede escribir {name}: ya existe algo con ese nombre; indique otro lugar.',
  unwritable: 'No se puede escribir {name}: {why}.',
  storeFull:
    'El disco del almacén {path} está lleno y no se ha guardado nada: libere espacio y hágalo de nuevo.',
  storeLocked:
    'Otro programa tiene bloqueado el almacén {path} y no se ha guardado nada: hágalo de nuevo cuando ese programa termine.',
  storeReadOnly:
    'El almacén {path} es de solo lectura y no se ha guardado nada: permita escribir en él y en su carpeta, o ponga en FIDUCIAL_HOME una carpeta donde se pueda.',
  storeUnopened:
    'El almacén {path} no se puede abrir: compruebe que su carpeta existe y que puede escribir en ella, o ponga otra en FIDUCIAL_HOME.',
  storeDisk:
    'El disco del almacén {path} se niega a leer o escribir: compruebe que está, que está sano y que no está lleno, y hágalo de nuevo.',
  storeDamaged:
    'El almacén {path} está dañado: cierre Fiducial y ejecute «fiducial store repair», que conserva lo que se pueda leer y todas las decisiones de su historial en texto.',
  rateMissing: '{name} no indica la frecuencia de muestreo.',
  gainMissing: '{name} no indica la ganancia.',
  rateAndGainMissing: '{name} no indica la frecuencia de muestreo ni la ganancia.',
  ownFault: 'El propio Fiducial ha fallado con este registro: {why}',
  notKept: 'Los resultados se muestran y no se han podido guardar: {why}',
  signOpen:
    'El informe no se puede firmar: {n, plural, one {hay 1 evento} other {hay # eventos}} sin decidir.',
  signDiffering:
    'El informe no se puede firmar: dos lecturas difieren en {n, plural, one {1 evento} other {# eventos}} y nadie ha resuelto cuál vale.',
  signUnchanged: 'Nada ha cambiado desde que se firmó este informe.',
  scanForgotten: 'Este examen de carpeta ya no se conoce; inícielo de nuevo.',
  closing: 'Fiducial se está cerrando.',
  engineEnded:
    'El motor terminó mientras trabajaba en esto ({reason}) y se ha iniciado de nuevo. Mire si el cambio se hizo y, si no, hágalo otra vez.',
  engineEndedAgain: 'El motor ha terminado repetidamente con esta petición ({reason}).',
  viewerEnded:
    'El visor terminó ({why}) y se ha vuelto a cargar. Lo que se mostró como guardado está guardado.',
};
