import type { Translation } from '../catalogue';

export const settings: Translation['settings'] = {
  title: 'Ajustes',
  language: 'Idioma',
  asSystem: 'Como el sistema',
  reader: 'Lector',
  readerHint:
    'A partir de ahora cada decisión se guarda con este nombre; las anteriores quedan como están.',
  institution: 'Institución',
  headOfReports: 'Encabezado de cada informe',
  logo: 'Logotipo',
  logoOfReports: 'Logotipo de los informes',
  notALogo: '{name} no es un PNG o JPEG de medio megabyte como máximo.',
  withoutLogo: 'quitar',
  theme: 'Tema',
  themeLight: 'Claro',
  themeDark: 'Oscuro',
  blindFirst: 'A ciegas primero',
  blindFirstHint: 'Ocultar el veredicto del modelo hasta que yo haya decidido',
  done: 'Listo',
};
