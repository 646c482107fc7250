import { createInference } from './client';
import { createDevices, type DevicesOptions } from './devices';
import { createReplicas, replicaCount } from './replicas';
import type { Inference, ModelFiles } from './types';

export interface OpenInferenceOptions extends Pick<DevicesOptions, 'spawn' | 'memory' | 'batchOf'> {
  /**
   * Tries providers by itself whenever nothing has run for a while: for a process that stays. One that ends with its
   * work uses what was found before, and tries when it is asked to.
   */
  readonly tryWhenIdle: boolean;
  /** `FIDUCIAL_DEVICE`; `auto` where it is not set. */
  readonly wanted?: string | undefined;
  readonly onCrash?: (reason: string) => void;
}

/** So long after the last batch no reader waits for the next. */
const IDLE_MS = 5000;
/** A provider that needs longer than this for one request is no faster, whatever it is. */
const LIMIT_MS = 30_000;
/** Where somebody asked what there is, or wants a certain provider: software drivers take half a minute for a row. */
const PATIENT_LIMIT_MS = 300_000;

/**
 * Inference as the application has it: replicas on the CPU, or the provider that was found to agree with it and to be
 * faster. Trials run in processes of their own and never hold up a batch: one that comes ends them.
 */
export function openInference(options: OpenInferenceOptions): Inference {
  const { spawn, tryWhenIdle, onCrash, wanted = 'auto' } = options;
  const replicas = replicaCount();
  const devices = createDevices({ ...options, wanted, replicas });
  const inner = createReplicas({
    count: replicas,
    providerOf: devices.providerOf,
    open: (isFirst) =>
      createInference({
        spawn,
        ...(isFirst ? { providerOf: devices.providerOf } : {}),
        onLost(model, provider, why) {
          console.error(`fiducial: ${provider} failed (${why}); the CPU takes over.`);
          devices.lost(model, provider, why);
        },
        ...(onCrash ? { onCrash } : {}),
      }),
  });
  const used = new Set<ModelFiles>();
  let running = 0;
  let idle: NodeJS.Timeout | undefined;
  let trial = new AbortController();

  function waitForIdle(): void {
    clearTimeout(idle);
    if (!tryWhenIdle || running > 0 || trial.signal.aborted) return;
    const open = [...used].filter((model) => devices.isOpen(model));
    if (open.length === 0) return;
    idle = setTimeout(() => void tryOpen(open), IDLE_MS);
    idle.unref();
  }

  async function tryOpen(open: readonly ModelFiles[]): Promise<void> {
    const { signal } = trial;
    for (const model of open) {
      if (!(await devices.tryNow(model, LIMIT_MS, { signal }))) return;
    }
  }

  return {
    replicas: inner.replicas,
    async run(model, variant, inputs, signal) {
      trial.abort();
      clearTimeout(idle);
      running += 1;
      try {
        if (!used.has(model)) {
          // A provider that is asked for by name is used from the first batch on.
          if (wanted === 'auto' || wanted === 'cpu') await devices.recall(model);
          else await devices.tryNow(model, PATIENT_LIMIT_MS);
          used.add(model);
        }
        return await inner.run(model, variant, inputs, signal);
      } finally {
        running -= 1;
        if (running === 0) {
          trial = new AbortController();
          waitForIdle();
        }
      }
    },
    async ready(model) {
      if (wanted !== 'auto' && wanted !== 'cpu') return;
      await devices.recall(model);
      await inner.ready(model);
    },
    provider: devices.providerOf,
    async devices(model) {
      await devices.recall(model);
      return devices.reports(model);
    },
    async tryDevices(model, tryOptions) {
      const limitMs = tryOptions?.again ? PATIENT_LIMIT_MS : LIMIT_MS;
      await devices.tryNow(model, limitMs, tryOptions);
      return devices.reports(model);
    },
    async close() {
      clearTimeout(idle);
      trial.abort();
      await inner.close();
    },
  };
}
