import type { Translation } from '../catalogue';

/** Lo que conviene saber de un archivo. */
export const warnings: Translation['warnings'] = {
  gainAssumed: 'No se indica ganancia para {leads}; se han supuesto {gain} ADU/mV.',
  implausibleGain:
    'La deflexión típica es de {mv, number} mV, que ningún ECG tiene: la ganancia de {gain} ADU/{unit} es probablemente errónea.',
  rateHalved:
    'El corazón late despacio y con deflexiones anchas (unas {n} por minuto, de {ms} ms de ancho a media altura): si no es así, la frecuencia de muestreo es el doble de los {rate} Hz de la cabecera.',
  folderUnreadable: 'La carpeta {name} no se puede leer; lo que contiene se ha omitido.',
  rateDoubled:
    'El corazón late deprisa y con deflexiones estrechas (unas {n} por minuto, de {ms} ms de ancho a media altura): si no es así, la frecuencia de muestreo es la mitad de los {rate} Hz de la cabecera.',
  missingFile: '{file} Faltan sus derivaciones en todo el registro.',
  missingSegment: '{header}: el segmento {name} no se puede leer y se muestra como ausente: {why}',
  shortFile: '{file} contiene {frames} de las {wanted} tramas que pide {header}; falta el resto.',
  badClock: '{file}: {text} en la fecha y hora iniciales no se entiende y se ha omitido.',
  timesGoBack:
    'Los tiempos retroceden en la fila {row} de las muestras (filas así en total: {count}): las filas se colocan una tras otra, como en el archivo; pueden ser varios registros unidos.',
  timesOtherRate:
    'Se indica una frecuencia de muestreo de {stated} Hz, pero los tiempos de las filas dan {rate} Hz; se siguen los tiempos.',
  rowsWithoutTime:
    'Filas sin tiempo: {n}, la primera es la fila {row} de las muestras; cada una está tras la anterior, como en el archivo.',
  commentLines:
    'Líneas de comentario entre las muestras: {n}, la primera antes de la fila {row} de las muestras («{text}»); se omitieron.',
  longRows:
    'Filas con más celdas que las demás: {n}, la primera es la fila {row} de las muestras («{text}»); las muestras de cada una se muestran como ausentes.',
  linesOfWords:
    'Líneas entre las muestras con palabras y sin número: {n}, la primera es la fila {row} de las muestras («{text}»); cada una se muestra como una muestra ausente.',
  unsureDay:
    'Columna {column}: en {date} no se sabe cuál es el día y cuál el mes; la fecha se omitió.',
  columnsLeftOut: 'Se omitieron columnas sin tensión: {list}.',
  timesNotUsed:
    'Los tiempos de la columna {column} no son regulares a la frecuencia de un ECG: las filas se colocan según la frecuencia indicada, una tras otra, y un hueco entre ellas no se ve.',
  checksum:
    '{file}: las muestras de {lead} suman {sum}; la suma de control de la cabecera dice {said}.',
  otherLeads:
    '{model} está pensado para {meant}; aquí ninguna derivación se llama así, y lee {names}.',
  otherLeadsMore:
    '{model} está pensado para {meant}; aquí ninguna derivación se llama así, y lee {names} y otras.',
  earlierReview:
    'Hay decisiones de lectores sobre otra lectura de este registro ({models}). Se conservan con esa lectura y no cuentan en esta.',
  statedNotUsed: 'Indicado pero no usado: {option} {value}; el archivo dice cómo hay que leerlo.',
  statedRate: 'Indicado por un lector y no por el archivo: la frecuencia de muestreo de {rate} Hz.',
  statedGain: 'Indicado por un lector y no por el archivo: la ganancia de {gain} ADU/mV.',
  statedBoth:
    'Indicado por un lector y no por el archivo: la frecuencia de muestreo de {rate} Hz y la ganancia de {gain} ADU/mV.',
  moreSeries: '{file} contiene {n} series; se muestra la primera de ritmo.',
  moreStrips: '{file} contiene {n} tiras; se muestra la primera.',
  fullDisclosure:
    '{file} contiene además un registro completo (FullDisclosure), que no se muestra.',
  annotationsOutside:
    '{name}: hay {n, plural, one {{n} anotación de {annotator} fuera de las muestras, donde DICOM no tiene sitio para ella} other {{n} anotaciones de {annotator} fuera de las muestras, donde DICOM no tiene sitio para ellas}}.',
  edfAnnotations:
    '{file}: {n, plural, one {{n} anotación no respeta la forma de EDF+ y se omitió} other {{n} anotaciones no respetan la forma de EDF+ y se omitieron}}.',
  edfHeaderBytes:
    '{file}: la cabecera dice que tiene «{said}» bytes; se leyeron {read}, que es lo que ocupan sus señales.',
  noGain:
    '{file} no da una ganancia utilizable para {leads}; estos números se muestran como están guardados.',
  aecgOrigin:
    '{file}: el campo "origin" de {leads} no se puede entender; los valores se dan sin él.',
  noOnsets:
    '{file} se declara {variant}, pero no tiene anotaciones que digan cuándo empezó cada registro de datos: no se pueden ver huecos entre ellos.',
  recordGaps:
    '{file} dice ser {variant}, pero sus registros de datos dejan {n} huecos en el tiempo, que se muestran como faltantes.',
  recordOrder:
    '{file}: {n, plural, one {{n} registro de datos empieza antes de que acabe el anterior; se muestra} other {{n} registros de datos empiezan antes de que acabe el anterior; se muestran}} tras él.',
  recordOnset:
    '{file}: {n, plural, one {# registro de datos no indica un comienzo con sentido; se toma como consecutivo} other {# registros de datos no indican un comienzo con sentido; se toman como consecutivos}}.',
  manyRecords: 'Más de {most} registros: el resto se omitió.',
  tooDeep: '{folder} tiene debajo carpetas demasiado profundas para buscar en ellas.',
  ishneSampleCount:
    '{file}: el campo «size of ECG» es {said}, pero el archivo contiene {samples, plural, one {{samples} muestra} other {{samples} muestras}} de cada derivación; se leen estas.',
  headerChecksum:
    '{file}: la suma de comprobación de la cabecera es {said} y sus bytes dan {made}; la cabecera puede estar dañada.',
  noResolution: '{file}: el campo «resolution» no da escala para {leads}.',
  moreRhythmStrips: '{file} contiene {n} tiras de ritmo; se muestra la primera.',
  sectionChecksum: '{file}: la sección {id} no coincide con su suma de comprobación.',
  ownMnemonics: '{file} tiene mnemónicos propios ({list}); se muestran como los tiene el archivo.',
  longSegment: '{segment} contiene {frames} tramas y {header} pide {wanted}; el resto se omite.',
  segmentsSignals:
    '{header}: señales declaradas {declared}, en sus segmentos {has}; se leen estas.',
  segmentOrder: 'El segmento {segment} tiene las señales en otro orden; se colocan por su nombre.',
  segmentName:
    'El segmento {segment} tiene una señal {own} donde el registro tiene {signal}; se coloca por su número.',
  segmentUnit:
    'El segmento {segment} tiene {signal} en {own} y el registro en {unit}; allí se muestra como ausente.',
  segmentExtra:
    'El segmento {segment} contiene además {names}, que el registro no enumera; se omite.',
  segmentsLength: '{header} declara {declared} tramas; sus segmentos tienen {has}.',
  byteOffsets:
    '{header}: las señales de {file} tienen desplazamientos distintos; se usó el primero, {offset}.',
  byteOffsetMatlab:
    '{header}: las muestras de {file} empiezan en el byte {at} y no en el {said}, por ser un archivo de MATLAB; se leen desde ahí.',
  longFile:
    '{file} contiene {frames} tramas y {header} declara {wanted}; las últimas {extra} se omiten.',
  annotationsBefore:
    '{name}: hay {n, plural, one {{n} anotación de {annotator} antes de la primera muestra, donde WFDB no tiene sitio para ella} other {{n} anotaciones de {annotator} antes de la primera muestra, donde WFDB no tiene sitio para ellas}}.',
  recordFolder:
    '{file}: su línea de registro nombra una carpeta ({folder}), que se omitió: los archivos de señal se buscan junto a la cabecera.',
  edfEmptySignal:
    '{file}: {names}: el campo «samples in a data record» es 0, así que no hay nada que mostrar.',
  edfNoScale:
    '{file}: {names}: los mínimos y máximos físicos y digitales no dan escala; los números se muestran tal como están guardados.',
  edfUnknownUnit:
    '{file}: {names}: el campo «physical dimension» está dañado, así que no se conoce la unidad.',
  noLabel: 'una señal sin etiqueta',
  edfSpareBytes:
    '{file}: tras los registros de datos que declara la cabecera ({declared}) {spare, plural, one {queda {spare} byte, que se omite} other {quedan {spare} bytes, que se omiten}}.',
  edfFewRecords:
    '{file}: la cabecera da {declared} como número de registros de datos; completos hay {complete}, y son los que se leen.',
  edfStartsLater:
    '{name}: de su comienzo faltan {seconds} s en todas las derivaciones y se omiten; el inicio en la cabecera se retrasa en ellos.',
  edfHeld:
    '{name}: EDF no admite muestras ausentes dentro de un registro de datos; en {n, plural, one {{n} lugar} other {{n} lugares}} se mantiene el último valor, y una anotación lo señala.',
  edfHeldFirst:
    '{name}: EDF no admite muestras ausentes dentro de un registro de datos; en {n, plural, one {{n} lugar} other {{n} lugares}} se mantiene el último valor, y una anotación señala los {most} primeros.',
  edfLetters:
    '{name}: EDF tiene 80 letras sin signos para decir de quién es el registro; se omite lo que no cabe del nombre y del número.',
  edfScaled:
    '{name}: {n, plural, one {# derivación tiene} other {# derivaciones tienen}} más de los 16 bits de EDF; sus valores se han redondeado a los pasos de EDF.',
  dicomScaled:
    '{name}: {n, plural, one {# derivación tiene} other {# derivaciones tienen}} más de 16 bits; sus valores se han redondeado a 16.',
  ishneTimeout:
    '{file}: se omiten los latidos posteriores a los {lastS, number} s, porque una pausa más larga de lo que el formato puede expresar deja sin conocer sus tiempos.',
  museChecksum: '{what} no coincide con su suma de comprobación (LeadDataCRC32).',
  zipRepeated: '{file} contiene varios archivos llamados {names}; se muestra el primero.',
  declaredSamples:
    '{what} declara {declared, plural, one {{declared} muestra} other {{declared} muestras}} ({field}) y contiene {held}.',
  emptyLeads: '{file}: {names}: el archivo nombra la derivación y no tiene muestras de ella.',
  noNumbers: '{file}: derivación {lead}: faltan los valores que no son números ({n} de {count}).',
  beatLeftOut:
    '{file}: el latido promedio que contiene junto a la tira se ha omitido, porque no se puede leer. {why}',
  sectionLeftOut:
    '{file}: la sección {id} no está en el byte {at}, donde la sitúa la sección 0; se ha omitido.',
  philipsUnnamed:
    '{what} declara más derivaciones (numberofleads: {leads}) de las que nombra (leadlabels: {named}); las demás se han omitido.',
  deviceQuality: '{what}: el dispositivo informa de {faults}.',
  scpChecksum: '{file} no coincide con la suma de comprobación de su cabecera de registro.',
  scpLength:
    '{file}: de {names} se declaran {declared, plural, one {{declared} muestra} other {{declared} muestras}} (sección 3) y se guardan {stored} (sección 6).',
  scpLonger:
    '{file}: la sección 6 contiene más de {names} de lo que declara la sección 3 ({declared}); se han omitido los últimos {spare, plural, one {# byte} other {# bytes}}.',
  scpSpareBytes:
    '{file}: la sección 6 tiene {spare, plural, one {# byte} other {# bytes}} tras su última derivación, que se han omitido.',
  valuesLimited:
    '{name}: la derivación {lead} tiene valores de más de {most} {units}, que se han escrito con ese valor.',
  annotationsInInterval: '{file}: termina dentro de un intervalo.',
  annotationsModifier:
    '{file}: el byte {at} contiene un modificador sin anotación; el resto se ha omitido.',
  annotationsInText: '{file}: termina dentro del texto de una anotación.',
  annotationsNoEnd: '{file}: falta su marca de fin.',
  annotationsGoOn:
    '{file}: su marca de fin está en el byte {at} y {more, plural, one {le sigue {more} byte, cuyo contenido} other {le siguen {more} bytes, cuyo contenido}} se ha omitido.',
  standsFor: '{own} por {other}',
  outsideRecording:
    '{name}: {outside, plural, one {{outside} anotación} other {{outside} anotaciones}} de {count} {outside, plural, one {está} other {están}} fuera del registro.',
  extraSignalLines:
    '{file} tiene {lines, plural, one {{lines} línea} other {{lines} líneas}} de señal pero declara {wanted}; el resto se ha omitido.',
  extraSegmentLines:
    '{file} tiene {lines, plural, one {{lines} línea} other {{lines} líneas}} de segmento pero declara {wanted}; el resto se ha omitido.',
  baselineRounded:
    '{name}: en WFDB las líneas de base son números enteros; la de {lead} se ha redondeado, lo que desplaza los valores medio paso como máximo.',
  baselinesRounded:
    '{name}: en WFDB las líneas de base son números enteros; las de {n, plural, one {# derivación} other {# derivaciones}} se han redondeado, lo que desplaza los valores medio paso como máximo.',
  calibrationMark:
    '{file} termina con una marca de calibración de {markS, number} s en cada derivación, que no es ECG y se omite.',
  dicomSampleCount:
    '{file}: el grupo multiplexado {number} declara {declared, plural, one {{declared} muestra} other {{declared} muestras}} y contiene {held}.',
  dicomPaddingZero:
    '{file}: el grupo multiplexado {number} llama muestra ausente al 0, que es un valor corriente; los ceros se conservan.',
  dicomNoScale:
    '{file}: el grupo multiplexado {number} no da Channel Sensitivity (003A,0210), o no con su unidad (003A,0211), para {names}.',
  dicomSkew:
    '{file}: el grupo multiplexado {number} tiene un desfase (skew) de parte de una muestra en {names}; se sitúan en la muestra más próxima.',
  matScale: '{file} da una ganancia y números con decimales: se toman como mV.',
  matBeyondEnd:
    '{beyond, plural, one {{beyond} anotación} other {{beyond} anotaciones}} (ann) de {count} {beyond, plural, one {está} other {están}} tras el final de las muestras.',
  matNotRead: '{file} contiene {others} además de {name}, que es lo único que se lee.',
  settingsUnread:
    'No se pueden leer los ajustes del almacén, así que valen los umbrales y el modelo predeterminados; «fiducial store check» dice más.',
};
