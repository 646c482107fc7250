import type { ModelCard } from '../../shared/domain';
import { sayNumber } from '../words';

/** `crossValidation.rocAuc` as a reader would say it. */
export function figureWords(name: string): string {
  const plain = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Za-z])(\d)/g, '$1 $2')
    .replace(/(\d)([a-z])/g, '$1 $2')
    .replace(/[._-]+/g, ' ')
    .toLowerCase();
  return plain
    .replace(/\b(roc|pr) auc\b/g, (m) => m.toUpperCase().replace(' ', '-'))
    .replace(/\b([nsvfq]) (?=f 1|sens|pos)/g, (m) => m.toUpperCase())
    .replace(/\bf 1\b/g, 'F1')
    .replace(/\bat ([a-z]+) (\d\d)\b/g, 'at $2 % $1')
    .replace(/\bat (\d\d)\b(?! %)/g, 'at $1 %')
    .replace(/\b(mitdb|svdb|af|ece)\b/g, (m) => m.toUpperCase());
}

export function figureText(value: unknown): string {
  if (value === undefined) return '–';
  // Counts are whole numbers; a share that is exactly 0 or 1 is still a share.
  if (typeof value === 'number')
    return Number.isInteger(value) && value > 1 ? String(value) : sayNumber(value, 3);
  if (typeof value === 'string') return value;
  const e = value as { value: number; low: number; high: number };
  return `${sayNumber(e.value, 3)} (${sayNumber(e.low, 3)}–${sayNumber(e.high, 3)})`;
}

/** A figure of two cards beside each other. */
export interface FigurePair {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** Every figure of either card, group by group in the order of their names. */
export function figurePairs(before: ModelCard | undefined, after: ModelCard): FigurePair[] {
  const names = new Set(
    [before, after].flatMap((card) =>
      Object.entries(card?.metrics ?? {}).flatMap(([group, figures]) =>
        Object.keys(figures).map((name) => `${group}\n${name}`),
      ),
    ),
  );
  return [...names].map((both) => {
    const [group, name] = both.split('\n') as [string, string];
    const of = (card: ModelCard | undefined): string => figureText(card?.metrics[group]?.[name]);
    return {
      name: `${figureWords(group)}: ${figureWords(name)}`,
      before: of(before),
      after: of(after),
    };
  });
}
