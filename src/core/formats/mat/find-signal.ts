import { leadCodeOf } from '../shared/lead-codes';
import type { MatValue, NumericArray, Variables } from './values';

/** The matrix that holds the samples, and where what describes it may be. */
export interface FoundSignal {
  readonly name: string;
  readonly array: NumericArray;
  /** Variables and structures to look for rate, names and scales in, the nearest first. */
  readonly scopes: readonly Variables[];
}

/** Names that samples go by; another name counts where nothing has one of these. */
const SIGNAL_NAMES = /^(val|signals?|sig|data|ecg\w*|ekg\w*|x|samples)$/i;

/** Fewer samples are no recording. */
const FEWEST_SAMPLES = 20;
const MOST_LEADS = 512;

/** Where the samples are. */
export interface FoundSignals {
  /** One matrix of all leads, or a vector of each, then called after its lead. */
  readonly signals: readonly [FoundSignal, ...FoundSignal[]];
  readonly calledAfterLeads: boolean;
  /** Names of what is as long and was not taken. */
  readonly others: readonly string[];
}

/**
 * The largest matrix of numbers by name or size, in the file itself or in a structure; where that is a vector beside
 * others that are called after leads (`I`, `II`, `V1`), all of these.
 */
export function findSignals(variables: Variables): FoundSignals | null {
  const found = candidates(variables, []);
  const named = found.filter(({ name }) => SIGNAL_NAMES.test(name));
  const [best] = (named.length > 0 ? named : found).sort((a, b) => size(b) - size(a));
  if (!best) return null;
  const beside = found.filter((one) => one.scopes[0] === best.scopes[0] && isAsLong(one, best));
  const leads = beside.filter((one) => isVector(one) && leadCodeOf(one.name) !== null);
  const [first, ...more] = leads;
  if (first && more.length > 0 && leads.includes(best)) {
    return { signals: [first, ...more], calledAfterLeads: true, others: [] };
  }
  const others = beside.filter((one) => one !== best && !TIMES.test(one.name));
  return {
    signals: [best],
    calledAfterLeads: false,
    // Beside a matrix that is called so, another one is a recording too.
    others: (isVector(best) ? others : matricesBeside(named, best)).map(({ name }) => name),
  };
}

function matricesBeside(named: readonly FoundSignal[], best: FoundSignal): FoundSignal[] {
  return named.filter(
    (one) => one !== best && one.scopes[0] === best.scopes[0] && !TIMES.test(one.name),
  );
}

/** Names of the column of times. */
const TIMES = /^(t|tm|time\w*|sec\w*|ms|index|samples?)$/i;

function isVector({ array: { dims } }: FoundSignal): boolean {
  return Math.min(...dims) === 1;
}

function isAsLong(one: FoundSignal, other: FoundSignal): boolean {
  return Math.max(...one.array.dims) === Math.max(...other.array.dims);
}

function size({ array: { dims } }: FoundSignal): number {
  return dims[0]! * dims[1]!;
}

function candidates(scope: Variables, around: readonly Variables[]): FoundSignal[] {
  const structures = [...scope.values()].filter((value) => value.kind === 'struct');
  const scopes = [scope, ...structures.map(({ fields }) => fields), ...around];
  return [...scope].flatMap(([name, value]) => {
    if (value.kind === 'struct') return candidates(value.fields, [scope, ...around]);
    return isSignal(value) ? [{ name, array: value, scopes }] : [];
  });
}

function isSignal(value: MatValue): value is NumericArray {
  if (value.kind !== 'numbers' || value.dims.length !== 2) return false;
  const [few, many] = [...value.dims].sort((a, b) => a - b);
  return few! >= 1 && few! <= MOST_LEADS && many! >= FEWEST_SAMPLES;
}
