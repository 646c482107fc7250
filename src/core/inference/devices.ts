import type { DeviceReport } from '../../shared/contract';
import type { Result } from '../../shared/domain';
import type { Channel } from '../base/channel';
import { besideOf } from './graph-ref';
import type { TrialMemory } from './trial-memory';
import { chooseDevice, type Trial } from './trial-report';
import { tryProviders } from './try-providers';
import type { ModelFiles, TrialBatch, TryOptions } from './types';

export interface DevicesOptions {
  readonly spawn: () => Channel;
  /** `auto`, `cpu`, or the provider that is wanted, however fast it is. */
  readonly wanted: string;
  readonly replicas: number;
  readonly memory: TrialMemory;
  /** Real inputs of a model; a failure means that nothing can be tried. */
  readonly batchOf: (model: ModelFiles) => Promise<Result<TrialBatch>>;
}

/** On which provider each model runs, what was tried, and why it came out so. */
export interface Devices {
  providerOf(model: ModelFiles): string;
  reports(model: ModelFiles): readonly DeviceReport[];
  /** Whether a trial could still change on what a model runs. */
  isOpen(model: ModelFiles): boolean;
  /** Takes up what is remembered of a model, so that `isOpen` and `providerOf` know of it. */
  recall(model: ModelFiles): Promise<void>;
  /** @returns false where it was stopped before its end */
  tryNow(model: ModelFiles, limitMs: number, options?: TryOptions): Promise<boolean>;
  lost(model: ModelFiles, provider: string, why: string): void;
}

interface Known {
  trials: readonly Trial[] | null;
  recalled: Promise<void> | null;
  readonly lost: Map<string, string>;
}

export function createDevices(options: DevicesOptions): Devices {
  const { wanted, memory, batchOf, spawn, replicas } = options;
  const known = new Map<string, Known>();
  // One trial at a time: two would measure each other.
  let trying: Promise<unknown> = Promise.resolve();

  function of(model: ModelFiles): Known {
    const key = keyOf(model);
    let entry = known.get(key);
    if (!entry) known.set(key, (entry = { trials: null, recalled: null, lost: new Map() }));
    return entry;
  }

  function choice(model: ModelFiles): ReturnType<typeof chooseDevice> {
    const { trials, lost } = of(model);
    return chooseDevice(trials ?? [UNTRIED], { wanted, lost });
  }

  async function recall(model: ModelFiles): Promise<void> {
    const entry = of(model);
    entry.recalled ??= memory.recall(keyOf(model)).then((trials) => {
      entry.trials ??= trials;
    });
    await entry.recalled;
  }

  async function tryNow(
    model: ModelFiles,
    limitMs: number,
    { again = false, signal, onTrying }: TryOptions = {},
  ): Promise<boolean> {
    await recall(model);
    const entry = of(model);
    if (entry.trials && !again) return true;
    const batch = await batchOf(model);
    if (!batch.ok) {
      entry.trials = [{ ...UNTRIED, outcome: 'no-reference', detail: batch.error.message }];
      return true;
    }
    const trials = await tryProviders(model, {
      ...{ spawn, replicas, limitMs, batch: batch.value, timeCpu: again },
      ...(signal ? { signal } : {}),
      ...(onTrying ? { onTrying } : {}),
    });
    if (!trials) return false;
    entry.trials = trials;
    entry.lost.clear();
    await memory.keep(keyOf(model), trials);
    return true;
  }

  return {
    providerOf: (model) => choice(model).provider,
    reports: (model) => choice(model).reports,
    isOpen: (model) => wanted !== 'cpu' && of(model).trials === null,
    recall,
    tryNow(model, limitMs, tryOptions) {
      const turn = trying.then(() => tryNow(model, limitMs, tryOptions));
      trying = turn.catch(() => undefined);
      return turn;
    },
    lost: (model, provider, why) => void of(model).lost.set(provider, why),
  };
}

/** What is said of the CPU before anything was tried. */
const UNTRIED: Trial = {
  provider: 'cpu',
  outcome: 'untried',
  available: true,
  maxDifference: null,
  segmentsPerSecond: null,
  detail: null,
};

/** Changes with any file of the model. */
function keyOf(model: ModelFiles): string {
  return JSON.stringify([model.card.id, model.card.version, besideOf(model)]);
}
