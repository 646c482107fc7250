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

/** The largest matrix of numbers by name or size, in the file itself or in a structure. */
export function findSignal(variables: Variables): FoundSignal | null {
  const found = candidates(variables, []);
  const named = found.filter(({ name }) => SIGNAL_NAMES.test(name));
  const [best] = (named.length > 0 ? named : found).sort((a, b) => size(b) - size(a));
  return best ?? null;
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
