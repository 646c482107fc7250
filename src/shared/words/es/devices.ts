import type { Translation } from '../catalogue';

/** Por qué una red se ejecuta donde se ejecuta, y no en otro sitio. */
export const devices: Translation['devices'] = {
  lost: 'Falló en mitad de una ejecución («{why}») y siguió la CPU.',
  agreesAsked:
    'Coincide con la CPU (mayor diferencia de probabilidad: {difference, number}); FIDUCIAL_DEVICE lo pide.',
  agreesFaster:
    'Coincide con la CPU (mayor diferencia de probabilidad: {difference, number}) y es más rápido: {rate, number} frente a {cpuRate, number} segmentos por segundo.',
  agreesOther:
    'Coincide con la CPU (mayor diferencia de probabilidad: {difference, number}), pero FIDUCIAL_DEVICE pide {wanted}.',
  agreesBeaten:
    'Coincide con la CPU (mayor diferencia de probabilidad: {difference, number}), pero {used} es más rápido.',
  agreesSlower:
    'Coincide con la CPU (mayor diferencia de probabilidad: {difference, number}), pero es más lento: {rate, number} frente a {cpuRate, number} segmentos por segundo.',
  differs: 'Difiere de la CPU en {difference, number} de probabilidad; no se acepta más de {most}.',
  notANumber: 'Respondió con algo que no es un número (NaN).',
  failed: 'Está disponible, pero falló en la prueba.',
  crashed: 'Hizo terminar el proceso en el que se probaba.',
  late: 'No respondió a tiempo en la prueba.',
  untried: 'Aún sin probar.',
  noReference: 'No se pudo probar: no hay con qué compararlo.',
  cpuUntried: 'Todavía no se ha probado nada más; «fiducial devices» prueba lo que hay.',
  cpuOtherAsked: 'FIDUCIAL_DEVICE pide {wanted}, que no se puede usar.',
  cpuNotTimed: 'Está siempre. No se pudo medir su velocidad en la prueba.',
  cpuAlone: 'Aquí no se puede iniciar nada más.',
  cpuAsked: 'FIDUCIAL_DEVICE la pide.',
  cpuBest: 'Nada de lo demás que se probó es mejor.',
  cpuAgreed: '{used} coincide con ella y es lo que se usa.',
  noDriver:
    'No se ha encontrado ningún controlador gráfico que WebGPU pueda usar. En Linux necesita un controlador de Vulkan y libvulkan.so.1.',
  noLibraries:
    'Las bibliotecas de {name} para ONNX Runtime no están instaladas; docs/gpu.md dice cómo obtenerlas.',
  notStarted: 'ONNX Runtime no pudo iniciarlo en este equipo.',
  unknown: 'desconocida',
};
