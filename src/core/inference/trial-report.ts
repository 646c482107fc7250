import { z } from 'zod';
import type { DeviceReport } from '../../shared/contract';
import { formatSpeed, providerName, type Told } from '../../shared/domain';
import { toldBy } from '../../shared/domain/said';

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
  const reports = trials.map((trial) => {
    const { message: reason, said } = reasonOf(trial, { provider, cpuRate, wanted, lost });
    return {
      provider: trial.provider,
      available: trial.available,
      chosen: trial.provider === provider,
      maxDifference: trial.maxDifference,
      segmentsPerSecond: trial.segmentsPerSecond,
      reason,
      said,
      detail: trial.detail,
    };
  });
  return { provider, reports };
}

interface Choice extends Preference {
  readonly provider: string;
  readonly cpuRate: number | null;
}

/** One or two sentences for a person. */
function reasonOf(trial: Trial, choice: Choice): Told {
  if (trial.provider === 'cpu') return cpuReason(trial, choice);
  const lost = choice.lost.get(trial.provider);
  if (lost !== undefined) return toldBy('devices.lost', { why: firstLine(lost) });
  switch (trial.outcome) {
    case 'agrees':
      return agreeing(trial, choice);
    case 'differs':
      return toldBy('devices.differs', {
        difference: shortly(trial.maxDifference),
        most: PARITY_MAX_DIFFERENCE,
      });
    case 'not-a-number':
      return toldBy('devices.notANumber');
    case 'not-there':
      return absence(trial);
    case 'failed':
      return toldBy('devices.failed');
    case 'crashed':
      return toldBy('devices.crashed');
    case 'late':
      return toldBy('devices.late');
    case 'untried':
      return toldBy('devices.untried');
    case 'no-reference':
      return toldBy('devices.noReference');
  }
}

function cpuReason(trial: Trial, { provider, wanted }: Choice): Told {
  if (trial.outcome === 'untried') return toldBy('devices.cpuUntried');
  if (wanted !== 'auto' && wanted !== 'cpu' && provider === 'cpu') {
    return toldBy('devices.cpuOtherAsked', { wanted: providerName(wanted) });
  }
  if (trial.outcome !== 'agrees') return toldBy('devices.cpuNotTimed');
  if (trial.segmentsPerSecond === null) return toldBy('devices.cpuAlone');
  if (wanted === 'cpu') return toldBy('devices.cpuAsked');
  if (provider === 'cpu') return toldBy('devices.cpuBest');
  return toldBy('devices.cpuAgreed', { used: providerName(provider) });
}

/** What a provider that agrees is used for, or what speaks against it. */
function agreeing(
  { provider, maxDifference, segmentsPerSecond }: Trial,
  { wanted, cpuRate, provider: used }: Choice,
): Told {
  const difference = shortly(maxDifference);
  if (wanted === provider) return toldBy('devices.agreesAsked', { difference });
  const rates = { rate: shortly(segmentsPerSecond), cpuRate: shortly(cpuRate) };
  if (used === provider) return toldBy('devices.agreesFaster', { difference, ...rates });
  if (wanted !== 'auto') {
    return toldBy('devices.agreesOther', { difference, wanted: providerName(wanted) });
  }
  return (segmentsPerSecond ?? 0) > (cpuRate ?? Infinity)
    ? toldBy('devices.agreesBeaten', { difference, used: providerName(used) })
    : toldBy('devices.agreesSlower', { difference, ...rates });
}

/** Why a provider cannot even be opened, as far as it is known what ONNX Runtime's words mean. */
function absence({ provider, detail }: Trial): Told {
  if (provider === 'webgpu' && /adapter/i.test(detail ?? '')) return toldBy('devices.noDriver');
  if (/shared library|cannot open shared|not enabled in this build/i.test(detail ?? '')) {
    return toldBy('devices.noLibraries', { name: providerName(provider) });
  }
  return toldBy('devices.notStarted');
}

function shortly(value: number | null): string | Told {
  if (value === null) return toldBy('devices.unknown');
  return formatSpeed(value);
}

/**
 * The first line that says something. One of more than 300 characters loses its middle: ONNX Runtime begins with where
 * in its source something failed, and says what failed at the end.
 */
export function firstLine(text: string): string {
  const line = (text.split('\n').find((part) => part.trim() !== '') ?? '').trim();
  return line.length <= 300 ? line : `${line.slice(0, 100)} … ${line.slice(-197)}`;
}
