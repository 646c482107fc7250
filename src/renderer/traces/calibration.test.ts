import { expect, it } from 'vitest';
import {
  BANK_CARD_WIDTH_MM,
  DEFAULT_PX_PER_MM,
  displayKey,
  paperScale,
  pxPerMmFromCard,
} from './calibration';

it('a calibrated second is 25 mm and a millivolt 10 mm', () => {
  // A bank card that covers 400 px: whatever the display, 85.60 mm are 400 px.
  const pxPerMm = pxPerMmFromCard(400);
  const scale = paperScale(pxPerMm, 25, 10);
  expect(scale.pxPerS / (400 / BANK_CARD_WIDTH_MM)).toBeCloseTo(25, 9);
  expect(scale.pxPerMv / (400 / BANK_CARD_WIDTH_MM)).toBeCloseTo(10, 9);
});

it('the default is the CSS inch', () => {
  expect(DEFAULT_PX_PER_MM * 25.4).toBeCloseTo(96, 9);
});

it('a slip of the hand does not make the paper unusable', () => {
  expect(pxPerMmFromCard(1)).toBe(2);
  expect(pxPerMmFromCard(1e6)).toBe(16);
});

it('displays are told apart by size and pixel ratio', () => {
  expect(displayKey({ width: 1920, height: 1080 }, 2)).toBe('1920x1080@2');
});
