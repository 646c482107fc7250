import type { Translation } from '../catalogue';

/** Lo que las fichas de las redes dicen de sus límites y de cómo se eligió su umbral. */
export const limits: Translation['limits'] = {
  research: 'Solo para investigación y educación; no es un producto sanitario.',
  labelMajority:
    'Etiqueta majority: Anormal cuando la mayoría de los latidos de diez segundos no son normales. Una tira con cuatro latidos ventriculares de diez es Normal para ella, y también la fibrilación auricular con latidos estrechos.',
  simulated:
    'Aprendió primero de {n} pacientes simulados: en la práctica mide lo anchos que son los complejos QRS. La preexcitación y los latidos anormales pero estrechos le parecen Normales; el bloqueo de rama cuya anchura no muestra esta derivación, quizá también.',
  halfHours:
    'Entrenada con {n} registros Holter de media hora de la MIT-BIH Arrhythmia Database, una derivación ({leads}). Pocos pacientes llevan la etiqueta la mayor parte de su registro, así que las cifras varían mucho de una partición a otra; el intervalo dice cuánto.',
  notTrainedOn:
    'No entrenada con ritmo de marcapasos, niños, esfuerzo ni electrodos estándar de 12 derivaciones.',
  adults:
    'Entrenada con 61 registros de media hora de adultos (22 de MIT-BIH, 39 de la MIT-BIH Supraventricular), dos derivaciones, 128 y 360 Hz, grabados entre 1975 y 1990 aproximadamente.',
  pacedNotTrained:
    'No se entrenó con corazones con marcapasos: sus latidos pueden llamarse V o Q y sus segmentos quedar señalados.',
  bundleBranch:
    'El bloqueo de rama cuenta como N y no se señala por sí solo; un bloqueo nuevo o la conducción aberrante pueden llamarse V. Es probable que la preexcitación se pase por alto.',
  fibrillationFew:
    'La fibrilación se aprendió de dos pacientes y de fibrilación simulada; es probable que el flutter con conducción regular se pase por alto.',
  fusion: 'Los latidos de fusión (F) se reconocen pocas veces; la mayoría se llaman V o N.',
  short:
    'Los registros de un minuto o menos se juzgan con más rigor: en ellos se pasan por alto más latidos ectópicos aislados.',
  paced:
    'Los corazones con marcapasos se reconocen por sus espigas desde 300 muestras por segundo; donde no se ven las espigas, sus latidos pueden llamarse V. Los latidos entre los estimulados se juzgan como los demás.',
  tachycardia:
    'Una taquicardia que dura todo el registro no tiene un ritmo más lento con que compararse y puede llamarse N.',
  notJudged: 'Los cambios del ST, el QT, el infarto y los intervalos de conducción no se juzgan.',
  figuresOfBefore:
    'Las cifras de validación cruzada son de la versión {version}, de cuyos miembros parte esta: de MIT-BIH y svdb nadie quedó fuera del entrenamiento posterior.',
  laterTraining:
    'Entrenamiento posterior: {sets}; las cifras de «datos reservados» son de personas de estos conjuntos que no vio.',
  figuresOfHalf:
    'Las cifras de validación cruzada son de dos redes por partición, entrenadas como la mitad de este modelo; la otra mitad es de la versión {version}.',
  trainedOnSets:
    'Entrenado con {sets}; las cifras de «datos reservados» son de personas de esos conjuntos que no vio.',
  stripNetwork:
    'La red de tiras aprendió de todas las personas de {sets}; las cifras llamadas crossValidation.cinc2017 son de redes que no habían visto a la persona, las llamadas heldOut son solo de las redes de latidos.',
  figuresButCorrected:
    'Las cifras, salvo las de registros corregidos, son de la versión {version}, de cuyos miembros parte esta.',
  thresholdYouden:
    'mayor sensibilidad + especificidad - 1 (Youden 1950) sobre las predicciones fuera de partición de la validación cruzada por paciente',
  thresholdSensitivity:
    'umbral más alto con 95 % de sensibilidad para review en pacientes fuera del entrenamiento (todas las particiones juntas)',
};
