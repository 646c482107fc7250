/** A decimal number as headers write them, `1.5` or `1.052e+04`; null for anything else, infinity included. */
export function decimal(text: string | undefined): number | null {
  if (text === undefined || !/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}
