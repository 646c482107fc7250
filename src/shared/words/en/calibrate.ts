export const calibrate = {
  title: 'Calibrate this screen',
  how: 'Hold a bank card against the screen and make the drawn card just as wide. From then on 25 mm on this screen are 25 mm on a ruler. The setting is kept for this display.',
  cardWidthMm: '85.60 mm',
  cardWidth: 'Width of the card',
  pxPerMm: '{px} px/mm',
  default: 'Default',
  keep: 'Keep',
} as const;
