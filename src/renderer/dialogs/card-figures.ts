import type { ModelCard } from '../../shared/domain';
import { say, sayNumber } from '../words';

const MEASURES = [
  'rocAuc',
  'prAuc',
  'accuracy',
  'precision',
  'recall',
  'f1',
  'sensitivity',
  'specificity',
  'positivePredictivity',
  'calibrationError',
  'meanFoldRocAuc',
  'recordings',
  'strips',
  'split',
  'sinusSegmentsFlagged',
  'sinusStripsFlagged',
] as const;
const OF = ['ectopy', 'fibrillation', 'review', 's', 'v'] as const;
const GROUPS = ['crossValidation', 'heldOut', 'leakyRandomSplit'] as const;

/** `reviewSensitivityAt90Specificity` of a network's card in the reader's words; one that is not known as it is. */
export function figureWords(name: string): string {
  return measureWords(name) ?? ofSomething(name) ?? inPlain(name);
}

/** `heldOut.ptbxl` likewise: what the figures under it were measured on. */
export function groupWords(name: string): string {
  const [first = '', ...records] = name.split('.');
  const group = GROUPS.find((one) => one === first);
  if (!group) return inPlain(name);
  const said = say(`figures.${group}`);
  return records.length === 0
    ? said
    : say('figures.on', { group: said, records: records.join(' ').toUpperCase() });
}

function measureWords(name: string): string | null {
  const measure = MEASURES.find((one) => one === name);
  if (measure) return say(`figures.${measure}`);
  const at = /^sensitivityAt(?:Specificity(\d\d)|(\d\d)Specificity)$/.exec(name);
  if (at) return say('figures.sensitivityAt', { n: at[1] ?? at[2]! });
  const fold = /^fold (\d+)$/.exec(name);
  return fold ? say('figures.fold', { n: fold[1]! }) : null;
}

/** Of one thing that is looked for: `vF1`, `ectopyRocAuc`. */
function ofSomething(name: string): string | null {
  const of = OF.find((one) => name.startsWith(one) && /^[A-Z]/.test(name.slice(one.length)));
  if (!of) return null;
  const rest = name.slice(of.length);
  const measure = measureWords(rest.charAt(0).toLowerCase() + rest.slice(1));
  const what = of === 's' || of === 'v' ? of.toUpperCase() : say(`figures.${of}`);
  return measure && say('figures.of', { of: what, measure });
}

/** A name of another card, its words apart. */
function inPlain(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[._-]+/g, ' ')
    .toLowerCase();
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
      name: `${groupWords(group)}: ${figureWords(name)}`,
      before: of(before),
      after: of(after),
    };
  });
}
