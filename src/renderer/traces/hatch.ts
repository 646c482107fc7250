/** Patterns say the same as colours, for those who cannot tell the colours apart. */

/** Diagonal stripes, `size` device px apart. */
export function hatchPattern(
  context: CanvasRenderingContext2D,
  back: string | null,
  stripe: string,
  size: number,
): CanvasPattern | null {
  const tile = document.createElement('canvas');
  tile.width = tile.height = Math.max(4, Math.round(size));
  const c = tile.getContext('2d');
  if (!c) return null;
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
  return context.createPattern(tile, 'repeat');
}
