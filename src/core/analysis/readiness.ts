import { openRecording } from '../formats/list';
import type { Inference } from '../inference/types';
import { createRecordingCache } from '../recordings/recording-cache';
import type { Pool } from '../workers/types';
import { analyserOf } from './analysers';
import type { Models } from './models';

export interface ReadinessOptions {
  readonly models: Pick<Models, 'find'>;
  readonly inference: Inference;
  readonly pool: Pool;
  /** Header of a recording that is always there; null where nothing is rehearsed. */
  readonly demoPath: string | null;
}

/**
 * Loads what the first verdicts of a recording need before a reader waits for them: ONNX Runtime and the default network
 * take 0.6 s of processor time, the code of a look in its thread as much, nearly all of it loading and compiling.
 */
export interface Readiness {
  /** Somebody may open a recording, from the list, by a dialog or a drop: both are loaded beside each other, once. */
  begin(): void;
  /** One is opened: its network loads while the trace is drawn, where it is another by now. */
  now(): void;
  close(): void;
}

export function createReadiness(options: ReadinessOptions): Readiness {
  const { models, inference, pool, demoPath } = options;
  const controller = new AbortController();
  const { signal } = controller;
  let isBegun = false;

  async function load(): Promise<void> {
    const model = await models.find(null);
    if (model.ok && !signal.aborted) await inference.ready?.(model.value);
  }

  async function rehearse(path: string): Promise<void> {
    const model = await models.find(null);
    if (!model.ok || signal.aborted) return;
    const analyser = analyserOf(model.value.card.kind);
    if (!analyser?.rehearse) return;
    const recordings = createRecordingCache(openRecording);
    try {
      await recordings.use(path, (recording) =>
        analyser.rehearse!({ recording, model: model.value, lead: null, pool, signal }),
      );
    } finally {
      await recordings.close();
    }
  }

  /** Whoever waits in earnest is told what is wrong. */
  const quietly = (work: Promise<void>): void => void work.catch(() => undefined);

  return {
    begin() {
      if (isBegun || demoPath === null) return;
      isBegun = true;
      quietly(load());
      quietly(rehearse(demoPath));
    },
    now: () => quietly(load()),
    close: () => controller.abort(),
  };
}
