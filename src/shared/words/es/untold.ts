import type { Translation } from '../catalogue';

/** Qué clase de fallo es, delante de una frase que solo existe en inglés. */
export const untold: Translation['untold'] = {
  'not-found': 'No se encuentra lo que hace falta (en inglés: {message})',
  'not-readable': 'El sistema no permite leer algo que hace falta (en inglés: {message})',
  'not-writable': 'No se puede escribir (en inglés: {message})',
  'not-wfdb': 'No es un registro WFDB (en inglés: {message})',
  'bad-header':
    'Lo que el archivo dice de sí mismo está dañado o no respeta su formato (en inglés: {message})',
  'bad-signal':
    'Las muestras no concuerdan con lo que el archivo dice de ellas (en inglés: {message})',
  'bad-annotation':
    'El archivo de anotaciones está dañado o no respeta su formato (en inglés: {message})',
  'unknown-format': 'El archivo no está en ningún formato que lea Fiducial (en inglés: {message})',
  'needs-option': 'El archivo omite algo que hay que indicar (en inglés: {message})',
  unsupported: 'Usa algo que Fiducial no lee (en inglés: {message})',
  'bad-input': 'No se puede hacer con lo que se ha indicado (en inglés: {message})',
  'bad-model': 'El modelo no se puede usar (en inglés: {message})',
  'too-large': 'Supera un límite establecido (en inglés: {message})',
  cancelled: 'Se ha cancelado (en inglés: {message})',
  'inference-failed': 'El proceso que ejecuta la red ha fallado (en inglés: {message})',
  busy: 'Está ocupado; inténtelo de nuevo (en inglés: {message})',
  conflict: 'Entretanto ha cambiado algo; mírelo de nuevo (en inglés: {message})',
  forbidden: 'Está fuera de lo que se permite abrir aquí (en inglés: {message})',
  other: '{message} (en inglés)',
};
