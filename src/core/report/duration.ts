/** A duration as a person writes it: `30 min 05 s`, `23 h 59 min`. */
export function duration(durationS: number): string {
  const seconds = Math.round(durationS);
  const two = (value: number): string => String(value).padStart(2, '0');
  if (seconds < 60) return `${durationS.toFixed(durationS < 10 ? 1 : 0)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${two(Math.floor((seconds % 3600) / 60))} min`;
}
