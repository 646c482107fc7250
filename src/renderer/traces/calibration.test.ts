import { expect, it } from 'vitest';
import {
  BANK_CARD_WIDTH_MM,
  DEFAULT_PX_PER_MM,
  displayKey,
  fittingSpeed,
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

it('a segment of which much would be out of sight is shown slower, and whole', () => {
  const at = (chosen: 12.5 | 25 | 50, widthPx: number): number =>
    fittingSpeed(chosen, DEFAULT_PX_PER_MM, widthPx);
  expect(at(25, 486)).toBe(12.5); // a window of 1,024 px
  expect(at(50, 806)).toBe(12.5); // one of 1,440 px
  expect(at(25, 806)).toBe(25);
  expect(at(50, 1000)).toBe(25);
  expect(at(12.5, 300)).toBe(12.5);
});
