import type { Translation } from '../catalogue';

/** Lo que conviene saber de un archivo. */
export const warnings: Translation['warnings'] = {
  gainAssumed: 'No se indica ganancia para {leads}; se han supuesto {gain} ADU/mV.',
  implausibleGain:
    'La deflexión típica es de {mv} mV, que ningún ECG tiene: la ganancia de {gain} ADU/{unit} es probablemente errónea.',
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
};
