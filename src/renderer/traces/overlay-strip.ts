import type { Overlay } from '../../shared/domain';
import { attentionOf } from '../analysis/why';

/**
 * Signed strength per token, the strongest scaled to 1; positive speaks for Abnormal. Attention is counted
 * from what each token would get if the network looked nowhere in particular (1 / tokens), because attention
 * is never zero and a veil over everything would say nothing.
 */
export function overlayStrength(
  overlay: Overlay,
  mode: 'attention' | 'evidence',
  head: number | null,
): Float32Array {
  const values =
    mode === 'evidence' && overlay.evidence.length === overlay.tokens
      ? overlay.evidence
      : attentionOf(overlay, head).map((v) => Math.max(0, v - 1 / overlay.tokens));
  let strongest = 0;
  for (const v of values) strongest = Math.max(strongest, Math.abs(v));
  return strongest > 0 ? values.map((v) => v / strongest) : new Float32Array(values.length);
}

/** Parts of full strength below which nothing is drawn. */
const FLOOR = 0.06;

function parseColour(colour: string): [number, number, number] {
  const probe = document.createElement('canvas').getContext('2d');
  if (!probe) return [0, 0, 0];
  probe.fillStyle = colour;
  probe.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0] = probe.getImageData(0, 0, 1, 1).data;
  return [r, g, b];
}

/**
 * One segment's overlay as a picture one px high and one px per token, to be stretched over the paper.
 * `alpha` is the opacity at full strength.
 */
export function overlayStrip(
  strength: Float32Array,
  positive: string,
  negative: string,
  alpha: number,
): HTMLCanvasElement {
  const strip = document.createElement('canvas');
  strip.width = strength.length;
  strip.height = 1;
  const context = strip.getContext('2d');
  if (!context) return strip;
  const image = context.createImageData(strength.length, 1);
  const plus = parseColour(positive);
  const minus = parseColour(negative);
  strength.forEach((value, i) => {
    const [r, g, b] = value >= 0 ? plus : minus;
    const shown = Math.max(0, (Math.abs(value) - FLOOR) / (1 - FLOOR));
    image.data.set([r, g, b, Math.round(255 * alpha * shown)], i * 4);
  });
  context.putImageData(image, 0, 0);
  return strip;
}
