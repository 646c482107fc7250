import type { Translation } from '../catalogue';

/** Qué le pasa a un archivo, a una red o a un almacén. */
export const files: Translation['files'] = {
  adoptInUse: '{model} {version} ya está en uso.',
  adoptNobody: 'Una red la adopta una persona: diga quién lee.',
  adoptNothing: 'No se ha adoptado ninguna red para {model}; no hay a cuál volver.',
  adoptUnknown: 'No hay ninguna red {key} que adoptar.',
  adoptionUnclear: '{file} no dice qué red se adoptó.',
  aecgApart:
    '{file}: sus secuencias están separadas por {n, plural, one {{n} muestra} other {{n} muestras}} (TIME_ABSOLUTE, head).',
  aecgNoLead: '{file} no contiene ninguna derivación con muestras (series/component/sequenceSet).',
  aecgNoSeries: '{file} no contiene ninguna serie de muestras (AnnotatedECG/component/series).',
  allMissing: '{name} no tiene ninguna muestra que no falte.',
  annotationsTooLarge: '{name} es demasiado grande para un archivo de anotaciones.',
  becameShorter: '{file} se acortó mientras se leía.',
  beingRead: '{target} es lo que se está leyendo; no se ha escrito nada.',
  cardField: '{file}: campo {field} de la ficha: «{why}».',
  cardRefused: '{file}: {why}.',
  cardUnreadable: '{file}: no se puede leer la ficha ({why}).',
  cardiosoftNoSamples: '{file} no contiene muestras en su tira (StripData/WaveformData).',
  cardiosoftNoStrip: '{file} no contiene ninguna tira (CardiologyXML/StripData).',
  decidedMissing: 'Falta {file}: sin él nadie sabe qué latidos se decidieron.',
  dicomContradicts: '{file}: sus elementos de datos se contradicen.',
  dicomDeflatedDamaged: '{file}: su conjunto de datos comprimido está dañado o cortado.',
  dicomDeflatedTooLarge:
    '{file} está comprimido y contiene más de los {size} MB que se leen de esos archivos.',
  dicomField: '{file}: el campo «{field}» del grupo multiplexado {number} {what}.',
  dicomNoSamples: '{name} no tiene muestras, y DICOM no tiene ondas sin ellas.',
  dicomNoWaveform: '{file} es un archivo DICOM sin Waveform Sequence (5400,0100): {title}.',
  dicomSyntaxMissing: '{file}: el campo «Transfer Syntax UID (0002,0010)» falta o está cortado.',
  dicomSyntaxUnknown:
    '{file}: el campo «Transfer Syntax UID (0002,0010)» es {value}, en la que no se escriben ondas.',
  dicomTooManySamples: '{name}: DICOM no admite tantas muestras ({samples}).',
  edfHeaderCut:
    '{file} termina tras {bytes, plural, one {{bytes} byte} other {{bytes} bytes}}, dentro de la cabecera, que tiene al menos 256.',
  edfHeaderTooLong:
    '{file}: el campo «number of signals» de la cabecera da una cabecera de {wanted, plural, one {{wanted} byte} other {{wanted} bytes}}, pero el archivo tiene {size}.',
  edfNoCommonRecord:
    '{name}: las frecuencias de muestreo {rates, number} Hz no tienen un registro de datos común, que EDF necesita.',
  edfNoRecord:
    '{file} no contiene ningún registro de datos completo: uno ocupa {bytes, plural, one {{bytes} byte} other {{bytes} bytes}} y tras la cabecera hay {rest}.',
  edfRecordTooLarge:
    '{file}: el campo «samples in a data record» de sus señales da registros de datos de {bytes, plural, one {{bytes} byte} other {{bytes} bytes}}.',
  elementAt: '{file}: el elemento del byte {at}',
  empty: '{file} está vacío.',
  endsInHeader: '{what} termina dentro de su cabecera.',
  endsInLead: '{what} termina dentro de la derivación {lead} de {count}.',
  existsForce: '{target} ya existe; no se ha escrito nada (--force lo reemplaza).',
  existsOther: '{target} ya existe; nombre otro archivo.',
  featureVersion:
    '{id} lee características de latidos de la versión {version}; esta versión hace la {own}.',
  fewSegmentLines:
    '{file} declara {wanted, plural, one {# segmento} other {# segmentos}} pero tiene {lines, plural, one {{lines} línea} other {{lines} líneas}} de segmento.',
  fewSignalLines:
    '{file} declara {wanted, plural, one {# señal} other {# señales}} pero tiene {lines, plural, one {{lines} línea} other {{lines} líneas}} de señal.',
  fieldIs: '{file}: el campo «{field}» es {value}, que {why}.',
  fieldOf: '{what}, {field}',
  fieldOfSignalIs: '{file}: el campo «{field}» de la señal {n} «{label}» es {value}, que {why}.',
  fieldRange: '{file}: el campo «{field}» es {value}; puede ser de {from} a {to}.',
  fileIs: '{file} {what}.',
  flacBits:
    'tiene {bits, plural, one {# bit} other {# bits}} por muestra, más de los que admite el formato {format}',
  flacBlockSize: 'tiene un tamaño de bloque imposible',
  flacChannels:
    'tiene {channels, plural, one {# canal} other {# canales}} donde su cabecera declara {signals, plural, one {# señal} other {# señales}}',
  flacFrames: 'tiene señales con distintas muestras por trama, lo que FLAC no admite',
  flacMuchMetadata: 'tiene más metadatos de los que se leen',
  flacNoStreaminfo: 'no empieza por STREAMINFO',
  folderRefused: 'Carpeta: {why}',
  formatUnknown: '{where}: el formato de señal {format} no es ninguno de los que define WFDB.',
  frameOverLimit: '{where}: {n} muestras por trama superan el límite.',
  gapsOnly: '{file} consta solo de huecos y no describe señales.',
  headerTooLarge: '{name} es demasiado grande para una cabecera.',
  inFile: '{file}: {why}',
  isBits: 'es {value}, pero {interpretation} tiene {bits}',
  isChannels: 'es {value}, y los datos no tienen muestras para más de los {defined} que se definen',
  isMissing: 'falta',
  isNotRead: 'es {value}, que no se lee',
  isValue: 'es {value}',
  ishneAnnotationsBlock:
    '{file}: el campo «size of the variable block» es {value}, pero el archivo tiene {bytes, plural, one {{bytes} byte} other {{bytes} bytes}}.',
  ishneAnnotationsNone: '{file} no empieza como un archivo de anotaciones ISHNE.',
  ishneAnnotationsTooLarge: '{file} es demasiado grande para un archivo de anotaciones.',
  ishneHeaderCut:
    '{file} tiene {size, plural, one {{size} byte} other {{size} bytes}}, menos que los {wanted} de una cabecera ISHNE.',
  ishneNoSample: '{file} no contiene ni una muestra de cada derivación (declara {leads}).',
  layoutHeader:
    '{file} no tiene muestras propias: la señal {signal} no tiene archivo (es la cabecera de estructura de un registro de varios segmentos).',
  leadOf: '{file}: derivación {name}',
  leadTooSlow:
    '{name}: la derivación «{lead}» se muestrea a {rate} Hz; para valorar un ECG hacen falta al menos {least}.',
  lineUnending: '{file}: la línea del byte {position} no termina.',
  linkOut:
    '{file}, de {name}, es un enlace que sale de la carpeta que el visor puede abrir, así que se ha rechazado.',
  matArrayEnds: '{file}: una matriz termina antes del byte {at}.',
  matArraySize:
    '{file}: una matriz de {shape} números tiene {bytes, plural, one {{bytes} byte} other {{bytes} bytes}}.',
  matElementBeyond:
    '{file}: el elemento del byte {at} tiene {size, plural, one {{size} byte} other {{size} bytes}}, que su matriz no tiene.',
  matEndsInElement: '{file} termina dentro del elemento del byte {at}.',
  matEndsInMatrix: '{file} termina dentro de la matriz {name}.',
  matHdf5: "{file} es un archivo de MATLAB 7.3 (HDF5): guárdelo con save(''{same}'', ''-v7'').",
  matInflatesLarge: '{what} se descomprime a más de {size} MB: guárdelo sin compresión (-v6).',
  matNoArray: '{file}: el elemento del byte {at} no es una matriz.',
  matNoMatrix: '{file} no contiene ninguna matriz de muestras por derivaciones; contiene {names}.',
  matNoMatrixAt: '{file}: no hay ninguna matriz en el byte {at}.',
  matNoName: '{file}: la matriz del byte {at} no tiene nombre.',
  matlabAsItLies:
    '{header} hace leer {file} tal como está, pero {what}: abra {file} aparte de esta cabecera.',
  matlabBigEndian: 'sus números son big-endian, y el formato {format} no lo es',
  matlabBits: 'su matriz {name} es de números de {bits, plural, one {# bit} other {# bits}}',
  matlabCompressed: 'su matriz {name} está comprimida',
  matlabLittleEndian: 'sus números son little-endian, y el formato {format} no lo es',
  matlabNone: 'no contiene ninguna matriz de muestras',
  mixedFormats: '{file}: las señales de {name} tienen formatos distintos.',
  moreAnnotations: '{file} contiene más de {limit} anotaciones.',
  leadStarts: '{what} empieza demasiado tarde para abrirse: en la muestra {n} de la tira.',
  museNoLead: '{file} no contiene ninguna derivación en su tira de ritmo (Waveform/LeadData).',
  museNoSamples:
    '{file} no contiene muestras en su tira de ritmo (Waveform/LeadData/WaveFormData).',
  museNoRhythm: '{file} no contiene ninguna tira de ritmo (Waveform, WaveformType Rhythm).',
  museSampleSize:
    '{what} tiene {size, plural, one {{size} byte} other {{size} bytes}} por muestra (LeadSampleSize), no 2.',
  namesItself: '{file} se nombra a sí mismo como archivo de sus muestras.',
  namesNoGraph: 'el modelo {id} no nombra ningún grafo scan ni explain',
  needsFile: '{header} necesita {file}: {why}',
  noAnnotationFile: '{file} no es un archivo de anotaciones WFDB.',
  noAnnotator: '{name} no tiene anotaciones llamadas «{annotator}».',
  noAnnotatorName: '«{annotator}» no es el nombre de un anotador.',
  noBeats: '{name} no contiene latidos.',
  noFileBesideCard: '«{name}» no es el nombre de un archivo junto a la ficha',
  noFlac: 'no es un archivo FLAC',
  noGraph: 'El modelo {id} {version} no tiene grafo «{variant}».',
  noHeaderBeside: '{name} no tiene a su lado una cabecera WFDB (.hea).',
  noLeadForBeats:
    '{name}: ninguna derivación de ECG se muestrea entre {low} y {high} Hz, así que no se pueden situar los latidos.',
  noMargin: 'El modelo no dio ni margen ni probabilidad para cada segmento.',
  noModelAt: 'No hay ningún modelo en {from}.',
  noOnnx: '{name} no es un modelo ONNX: «{why}»',
  noOverlay: 'El modelo {id} no se puede explicar.',
  noSampleOfEach: 'no contiene una muestra de cada canal',
  noSamplesForTable: '{name} no tiene muestras de las que hacer una tabla.',
  noSegmentLine: '{file}, segmento {index}: {line} no es un nombre y una longitud.',
  noSignal: '{name} no tiene la señal {index}; tiene {count}.',
  noTable: '{file} no contiene ninguna tabla de muestras.',
  noTimeResolution: '{file} no indica ninguna resolución temporal utilizable.',
  noVoltage:
    '{name}: «{lead}» se mide en «{units}», que no es un voltaje, así que no es una derivación de ECG.',
  noWfdbHeader: '{file} no es una cabecera WFDB.',
  notBase64: '{what} no es Base64: contiene «{character}».',
  notInRange: 'no es un número de {from} a {to}',
  notInflated: '{what} no se puede descomprimir: «{why}».',
  notSeconds: 'no es un número de segundos',
  notUnderstood: '{where}: no se entiende {value} en el campo «{field}».',
  notWhole: 'no es un número entero',
  otherModelHere: 'El modelo {model} es aquí otra versión que donde empezó el examen.',
  outsideFolder:
    '{file}: el campo «{field}» ({value}) apunta fuera de la carpeta del registro, así que se ha rechazado.',
  overLimit: '{where}: {value} en el campo «{field}» supera el límite de lo que se puede abrir.',
  philipsBits: '{what}: bitspersample es {bits}, y no 16.',
  philipsCompression: '{what} está comprimido con «{compression}» (compression), no con XLI.',
  philipsDuration:
    '{what}: muestras guardadas: {held}; declaradas (durationperchannel): {declared} por derivación, de las que hay {leads}.',
  philipsEncoding: '{what} está codificado como «{encoding}» (dataencoding).',
  philipsLeads:
    '{what} contiene {held, plural, one {# derivación} other {# derivaciones}} y declara {declared}.',
  philipsLengths: '{what} contiene derivaciones de distinta longitud.',
  philipsNoSamples: '{file} no contiene muestras (waveforms/parsedwaveforms).',
  philipsNoStrip: '{file} no contiene ninguna tira (waveforms/parsedwaveforms).',
  philipsUneven:
    '{what}: muestras guardadas: {held}, que no se pueden repartir por igual entre sus derivaciones ({leads}).',
  rowFar: 'la fila {row} está a más de {most} días de la primera según la columna {column}',
  rowsBackwards: 'sus filas retroceden en el tiempo según la columna {column}',
  rowsFault: '{file}: {fault}.',
  rowsGaps: 'sus filas tienen más de {most} huecos según la columna {column}',
  rowsIrregular: 'sus filas no son regulares en el tiempo según la columna {column}',
  samplesOverLimit:
    '{file}: tantas muestras ({samples}) superan el límite de lo que se puede abrir.',
  scpComplexes:
    '{file}: la sección 4 declara {count, plural, one {{count} complejo} other {{count} complejos}} en {bytes, plural, one {{bytes} byte} other {{bytes} bytes}}.',
  scpEncoding: '{what} tiene la codificación {encoding}, y se conocen 0, 1 y 2.',
  scpHuffmanEnds: '{file}: la sección 2 termina dentro de la tabla de Huffman {table} de {count}.',
  scpHuffmanPrefix:
    '{file}: la sección 2 tiene un código de Huffman con un prefijo de {prefix} de {bits, plural, one {# bit} other {# bits}}.',
  scpIntervals: '{file}: la sección 6 tiene un intervalo de {rhythm} us y la 5 de {beat} us.',
  scpLeadStart: '{file}: la sección 3 hace empezar la derivación {lead} en la muestra {start}.',
  scpLeadsCount:
    '{file}: la sección 3 declara {count, plural, one {# derivación} other {# derivaciones}} en {bytes} bytes.',
  scpMoreLeads:
    '{what} contiene {held, plural, one {# derivación} other {# derivaciones}} y la sección 3 declara {count}: no se puede saber cuál es cuál.',
  scpNoLeads: '{file} no contiene definición de derivaciones (sección 3).',
  scpNoReference: '{file} carece del latido de referencia que necesita su ritmo (secciones 4 y 5).',
  scpNoRhythm: '{file} no contiene ritmo (sección 6).',
  scpNoSamples: '{file} no contiene muestras en su ritmo (sección 6).',
  scpOverlap: '{file}: los complejos de la sección 4 se superponen.',
  scpSection0:
    '{file}: la sección 0 declara {bytes, plural, one {{bytes} byte} other {{bytes} bytes}}, que el archivo no tiene.',
  scpSectionAt: '{file}: la sección {id} no está en el byte {at}, donde la sitúa la sección 0.',
  scpSizes:
    '{file} tiene {size, plural, one {{size} byte} other {{size} bytes}} y su cabecera de registro declara {declared}.',
  sectionOf: '{file}: sección {n}',
  segmentFrames:
    'el segmento {name} tiene {own, plural, one {{own} muestra} other {{own} muestras}} por trama de {signal}; el registro, {record}.',
  segmentOfSegments: 'el segmento {name} consta a su vez de segmentos.',
  segmentRate: '{file}: el segmento {segment} tiene {rate} tramas por segundo; el registro, {own}.',
  segmentSignals:
    'el segmento {name} tiene {own, plural, one {# señal} other {# señales}} y el primero tiene {first}.',
  segmentsEmpty: '{file}: sus segmentos no tienen muestras.',
  settingsDamaged: 'La fila de ajustes de {path} está dañada.',
  severalModels: '{from} contiene {n} modelos; nombre la ficha de uno.',
  signalOf: '{file}, señal {n}',
  skewOverLimit: '{where}: el desfase (skew) o el desplazamiento en bytes superan el límite.',
  storeNewer:
    'El almacén {path} tiene la versión de esquema {version}; este Fiducial conoce la {own}. Use el Fiducial más nuevo que lo escribió.',
  storeOpen: 'El almacén {path} está abierto en otro Fiducial; ciérrelo antes.',
  storeRepairing: 'Otro proceso está reparando el almacén {path}; espere a que termine.',
  stretchTooLong: 'Se mide un tramo de hasta {limit} s, no de {from} a {to} s.',
  tooFast:
    '{name}: «{lead}» se muestrea a {rate} Hz; ningún electrocardiograma se muestrea a más de {highest} Hz.',
  tooFewLeads:
    '{id} lee al menos {least, plural, one {# derivación} other {# derivaciones}} de ECG ({leads}); de {name} puede tener {has}.',
  tooManyAnnotations:
    '{name} tiene {n, plural, one {{n} anotación} other {{n} anotaciones}}, más de las que caben.',
  unreadableRecording: 'No se puede leer {name}.',
  weightsNotNamed: '{name} guarda pesos en «{weights}», que la ficha no nombra',
  weightsUnnamed: '{file} guarda pesos en «{name}», que su ficha no nombra.',
  wfdbNoFrame:
    '{name}: las frecuencias de muestreo {rates, number} Hz no tienen una trama común, que WFDB necesita.',
  xliEnds:
    '{what} termina dentro de la derivación {lead} ({bytes, plural, one {{bytes} byte declarado} other {{bytes} bytes declarados}}).',
  xmlBroken: '{file} no es XML bien formado: {failure}.',
  xmlEmpty: '{file} no es XML bien formado: no hay ningún elemento.',
  zipChecksum: '{file}: la suma de comprobación de su entrada {name} es errónea.',
  zipDamaged: '{file} no es un archivo zip completo: {what} («{why}»).',
  zipDirectoryDamaged: 'su directorio está dañado',
  zipDiskFull: 'No se puede descomprimir {file}: el disco está lleno.',
  zipEncrypted: '{file}: su entrada {name} está cifrada; descomprima antes el archivo.',
  zipEntryDamaged: 'su entrada {name} está dañada',
  zipEntryLarge:
    '{file}: su entrada {name} declara {bytes, plural, one {{bytes} byte} other {{bytes} bytes}}, más de los {limit} que se leen.',
  zipEntryRatio:
    '{file}: su entrada {name} declara {bytes, plural, one {{bytes} byte} other {{bytes} bytes}} a partir de {packed}, más de {ratio} veces más, lo que ningún registro hace.',
  zipEntryUnread: 'no se puede leer su entrada {name}',
  zipManyFiles: '{file} contiene {count} archivos, más de los {limit} que se leen.',
  zipMethod: '{file}: su entrada {name} está empaquetada con el método {method}, que no se lee.',
  zipNoDirectory: 'no se encuentra su directorio',
  zipNoFile: '{file} no contiene el archivo {name}.',
  zipRecordLarge:
    '{file}: los archivos de {name} superan los {bytes} bytes o {files} archivos que se leen de un registro.',
  zipSeveral:
    '{file} contiene {n, plural, one {# registro} other {# registros}}: abra uno de ellos, como en {one}.',
  jsonField: '{file}: campo {field}: «{why}».',
  noJson: '{file} no es JSON: «{why}».',
  noReview: '{file} no es una revisión exportada: {field} «{why}».',
  dicomElements: '{file} tiene más de {limit} elementos de datos.',
  dicomNoVr:
    '{file}: el campo {field} del byte {at} no nombra ninguna representación de valor (VR).',
  dicomMuchBeside: '{file} tiene más de {size} MB aparte de sus ondas.',
  dicomDeep: '{file}: sus secuencias se anidan a más de {depth} niveles.',
  dicomNoItem:
    '{file}: el campo {field} del byte {at} está donde debería haber un elemento de una secuencia.',
  dicomNoLength:
    '{file}: el campo {field} no declara longitud, pero el archivo tiene {held} para él.',
  dicomTooLong:
    '{file}: el campo {field} declara {length, plural, one {{length} byte} other {{length} bytes}}, pero el archivo tiene {held} para él.',
  dicomEndsIn: '{file} termina en mitad del elemento de datos del byte {at}.',
  listed: '{first}, {next}',
  together: '{first} {next}',
  signalNumber: 'señal {n}',
  matNothing: 'nada',
  noLeadNumber: '{name}: no existe la derivación {lead}.',
  noSuchSamples: '{name}: no existen las muestras {start} a {end}.',
  noLeadOrSamples: '{name} no tiene la derivación {lead} o las muestras {start} a {end}.',
  noSignalOrFrame: '{name}: no existe la señal {signal} o la trama {frame}.',
  readTooLong:
    '{name}: {samples, plural, one {{samples} muestra es demasiado} other {{samples} muestras son demasiadas}} para una sola lectura.',
  xmlAt: '«{why}» (línea {line}, columna {column})',
  xmlDeep: 'elementos anidados a más de {most} niveles',
  xmlManyElements: 'más de {most} elementos',
  kindNotSupported: 'Los modelos de tipo {kind} no se admiten.',
  cardParameter: 'Ficha de {id}, parameters.{field}: «{why}».',
  cardBeats:
    '{id} lee {beats, plural, one {# latido} other {# latidos}} a {rate} Hz; esta versión da {own} a {ownRate}.',
  segmentUnreadable: 'El segmento {n} de {name} es ilegible ({reason}); el modelo no lo ha mirado.',
  outputLength: 'La salida «{name}» del modelo tiene {has} valores donde se esperaban {length}.',
  noValues: '0',
  noSuchSegments:
    '{name} tiene {count, plural, one {{count} segmento} other {{count} segmentos}}, no del {first} al {end}.',
  notAsAdopted:
    '{folder}: la red {key} que se adoptó ya no está como estaba; vuelva a la anterior o añádala de nuevo.',
  systemRefused: 'No se puede leer {name}: {why}.',
  twoModels: '{file}: hay dos modelos con el identificador {id}.',
  graphUnnamed: '{file}: ninguna ficha nombra este grafo; falta la ficha del modelo.',
  graphDisagrees: '{file}: {why}',
  editRefused: 'edit.{wrong}.',
  editSegment: 'segments: el segmento {n} no existe; este análisis tiene {has}',
  editOutside: '{field}: {timeS} s queda fuera del registro, que dura {durationS} s',
  editEnds: '{field}: {endS} s es anterior al comienzo, {startS} s',
  fieldWithin: '{field}.{wrong}',
  eventRefused: '{file}: events.{i}.{wrong}.',
  eventNotAllowed: '{file}: events.{i}.edit: {why}',
  eventTakesBack:
    '{file}: events.{i}.action: la línea deshace algo que no es el último paso de {reader}.',
  eventBringsAgain:
    '{file}: events.{i}.action: la línea rehace algo que no es el último paso de {reader}.',
  itsReader: 'su lector',
  eventSequence: 'sequence: la línea {expected} lleva el número {sequence}, así que faltan líneas',
  eventReader:
    'reader: el nombre tiene {length, plural, one {# carácter} other {# caracteres}} y caben {most} como máximo',
  eventAtMs: 'atMs: {atMs} no es un tiempo en milisegundos desde 1970',
  noBeatAt: '{field}: no hay ningún latido a los {timeS} s',
  trailGap: 'Al historial le faltan líneas a partir de la {line}.',
  storeCannotOpen: 'No se puede abrir el almacén {path}: {why}.',
  noLeadNumbered: '{name} no tiene la derivación número {lead}.',
};
