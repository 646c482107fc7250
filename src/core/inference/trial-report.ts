import { z } from 'zod';
import type { DeviceReport } from '../../shared/contract';
import { providerName } from '../../shared/domain';

/** Largest difference in probability from the CPU that a provider may show. */
export const PARITY_MAX_DIFFERENCE = 1e-3;

/** What came of trying one provider with one model; what is made of it is `chooseDevice`'s business. */
export const Trial = z.object({
  provider: z.string(),
  outcome: z.enum([
    'agrees', // every probability within `PARITY_MAX_DIFFERENCE` of the CPU's
    'differs',
    'not-a-number', // an answer holds NaN
    'not-there', // no session could be opened
    'failed', // it opened a session and then failed
    'crashed', // its process ended
    'late', // no answer within the limit
    'untried', // nothing was tried yet
    'no-reference', // nothing to compare with: no batch, or the CPU itself did not answer with numbers
  ]),
  /** Whether a session could be opened on it. */
  available: z.boolean(),
  /** Largest difference in probability from the CPU; null where there was nothing to compare. */
  maxDifference: z.number().nullable(),
  /** At the batch that analyses use, or at a batch of one where that alone shows it to be slower than the CPU. */
  segmentsPerSecond: z.number().nullable(),
  /** What ONNX Runtime or the system said, in its own words. */
  detail: z.string().nullable(),
});
export type Trial = z.infer<typeof Trial>;

export interface Preference {
  /** `auto`, or the one provider that is wanted, however fast it is. */
  readonly wanted: string;
  /** Providers that failed in the middle of a run, and how. */
  readonly lost: ReadonlyMap<string, string>;
}

/** The provider to use, and a report on each with the reason. `trials` holds the CPU's own. */
export function chooseDevice(
  trials: readonly Trial[],
  { wanted, lost }: Preference,
): { readonly provider: string; readonly reports: readonly DeviceReport[] } {
  const cpuRate = trials.find(({ provider }) => provider === 'cpu')?.segmentsPerSecond ?? null;
  const usable = trials.filter(
    ({ provider, outcome }) => provider !== 'cpu' && outcome === 'agrees' && !lost.has(provider),
  );
  const faster = usable.filter(
    ({ segmentsPerSecond }) => (segmentsPerSecond ?? 0) > (cpuRate ?? Infinity),
  );
  const best = [...faster].sort((a, b) => b.segmentsPerSecond! - a.segmentsPerSecond!)[0];
  const asked = usable.find(({ provider }) => provider === wanted);
  const provider = (wanted === 'auto' ? best : asked)?.provider ?? 'cpu';
  const reports = trials.map((trial) => ({
    provider: trial.provider,
    available: trial.available,
    chosen: trial.provider === provider,
    maxDifference: trial.maxDifference,
    segmentsPerSecond: trial.segmentsPerSecond,
    reason: reasonOf(trial, { provider, cpuRate, wanted, lost }),
    detail: trial.detail,
  }));
  return { provider, reports };
}

interface Choice extends Preference {
  readonly provider: string;
  readonly cpuRate: number | null;
}

/** One or two sentences for a person. */
function reasonOf(trial: Trial, choice: Choice): string {
  if (trial.provider === 'cpu') return cpuReason(trial, choice);
  const why = choice.lost.get(trial.provider);
  if (why !== undefined) {
    return `It failed in the middle of a run (${firstLine(why)}), and the CPU took over.`;
  }
  switch (trial.outcome) {
    case 'agrees':
      return `Agrees with the CPU (largest difference in probability ${shortly(trial.maxDifference)})${speedReason(trial, choice)}`;
    case 'differs':
      return `Differs from the CPU by ${shortly(trial.maxDifference)} in probability; more than ${PARITY_MAX_DIFFERENCE} is not accepted.`;
    case 'not-a-number':
      return 'Answered with something that is no number (NaN).';
    case 'not-there':
      return absence(trial);
    case 'failed':
      return 'Is there, but failed on the trial.';
    case 'crashed':
      return 'Ended the process in which it was tried.';
    case 'late':
      return 'Did not answer the trial in time.';
    case 'untried':
      return 'Not tried yet.';
    case 'no-reference':
      return 'Could not be tried: there is nothing to compare it with.';
  }
}

function cpuReason(trial: Trial, { provider, wanted }: Choice): string {
  if (trial.outcome === 'untried')
    return 'Nothing else has been tried yet; "fiducial devices" tries what there is.';
  if (wanted !== 'auto' && wanted !== 'cpu' && provider === 'cpu') {
    return `FIDUCIAL_DEVICE asks for ${providerName(wanted)}, which cannot be used.`;
  }
  if (trial.outcome !== 'agrees') return 'Always there. It could not be timed on the trial.';
  if (trial.segmentsPerSecond === null) return 'Nothing else can be started here.';
  if (wanted === 'cpu') return 'FIDUCIAL_DEVICE asks for it.';
  if (provider === 'cpu') return 'Nothing else that was tried is better.';
  return `${providerName(provider)} agrees with it and is used.`;
}

function speedReason(
  { provider, segmentsPerSecond }: Trial,
  { wanted, cpuRate, provider: used }: Choice,
): string {
  if (wanted === provider) return '; FIDUCIAL_DEVICE asks for it.';
  const rates = `${shortly(segmentsPerSecond)} against ${shortly(cpuRate)} segments per second`;
  if (used === provider) return ` and is faster: ${rates}.`;
  if (wanted !== 'auto') return `, but FIDUCIAL_DEVICE asks for ${providerName(wanted)}.`;
  return (segmentsPerSecond ?? 0) > (cpuRate ?? Infinity)
    ? `, but ${providerName(used)} is faster.`
    : `, but is slower: ${rates}.`;
}

/** Why a provider cannot even be opened, as far as it is known what ONNX Runtime's words mean. */
function absence({ provider, detail }: Trial): string {
  if (provider === 'webgpu' && /adapter/i.test(detail ?? '')) {
    return 'No graphics driver was found that WebGPU can use. On Linux it needs a Vulkan driver and libvulkan.so.1.';
  }
  if (/shared library|cannot open shared|not enabled in this build/i.test(detail ?? '')) {
    return `The libraries of ${providerName(provider)} for ONNX Runtime are not installed; docs/gpu.md says how to get them.`;
  }
  return 'ONNX Runtime could not start it on this machine.';
}

function shortly(value: number | null): string {
  if (value === null) return 'unknown';
  return value >= 100 ? value.toFixed(0) : value.toPrecision(2);
}

/**
 * The first line that says something. One of more than 300 characters loses its middle: ONNX Runtime begins with where
 * in its source something failed, and says what failed at the end.
 */
export function firstLine(text: string): string {
  const line = (text.split('\n').find((part) => part.trim() !== '') ?? '').trim();
  return line.length <= 300 ? line : `${line.slice(0, 100)} … ${line.slice(-197)}`;
}
