/** Patterns say the same as colours, for those who cannot tell the colours apart. */

/** A pattern of one canvas fills any other. Colours are those of two palettes, sizes those of a few zooms. */
const made = new Map<string, CanvasPattern>();
const MOST_KEPT = 40;

/** Diagonal stripes, `size` device px apart; drawn once and kept, as lanes are drawn with every frame. */
export function hatchPattern(
  context: CanvasRenderingContext2D,
  back: string | null,
  stripe: string,
  size: number,
): CanvasPattern | null {
  const key = `${back}|${stripe}|${Math.round(size)}`;
  const known = made.get(key);
  if (known) return known;
  const pattern = context.createPattern(stripes(back, stripe, size), 'repeat');
  if (made.size >= MOST_KEPT) made.clear();
  if (pattern) made.set(key, pattern);
  return pattern;
}

function stripes(back: string | null, stripe: string, size: number): HTMLCanvasElement {
  const tile = document.createElement('canvas');
  tile.width = tile.height = Math.max(4, Math.round(size));
  const c = tile.getContext('2d');
  if (!c) return tile;
  const n = tile.width;
  if (back) {
    c.fillStyle = back;
    c.fillRect(0, 0, n, n);
  }
  c.strokeStyle = stripe;
  c.lineWidth = n / 2.83;
  c.beginPath();
  for (const offset of [-n, 0, n]) {
    c.moveTo(offset - 1, n + 1);
    c.lineTo(offset + n + 1, -1);
  }
  c.stroke();
  return tile;
}
