import { openRecording } from '../formats/list';
import type { Inference, ModelFiles } from '../inference/types';
import { createRecordingCache } from '../recordings/recording-cache';
import type { Pool } from '../workers/types';
import { analyserOf } from './analysers';
import type { Models } from './models';

/** The worklist and its pictures are drawn first. */
const SOON_MS = 700;

export interface ReadinessOptions {
  readonly models: Pick<Models, 'find'>;
  readonly inference: Inference;
  readonly pool: Pool;
  /** Header of a recording that is always there; null where nothing is rehearsed. */
  readonly demoPath: string | null;
  readonly soonMs?: number;
}

/**
 * Loads what the first verdicts of a recording need before a reader waits for them: ONNX Runtime and the default network
 * take 0.6 s of processor time, the code of a look in its thread as much, nearly all of it loading and compiling.
 */
export interface Readiness {
  /** Some recording on the list was never analysed: there is time until it is opened. */
  soon(): void;
  /** One is opened: its network loads while the trace is drawn, and it is the rehearsal itself. */
  now(): void;
  close(): void;
}

export function createReadiness(options: ReadinessOptions): Readiness {
  const { models, inference, pool, demoPath, soonMs = SOON_MS } = options;
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let isAsked = false;

  async function load(): Promise<ModelFiles | null> {
    const model = await models.find(null);
    if (!model.ok) return null;
    await inference.ready?.(model.value);
    return model.value;
  }

  async function rehearse(): Promise<void> {
    const model = await load();
    if (model === null || demoPath === null || controller.signal.aborted) return;
    const analyser = analyserOf(model.card.kind);
    if (!analyser?.rehearse) return;
    const recordings = createRecordingCache(openRecording);
    const { signal } = controller;
    try {
      await recordings.use(demoPath, (recording) =>
        analyser.rehearse!({ recording, model, lead: null, pool, signal }),
      );
    } finally {
      await recordings.close();
    }
  }

  return {
    soon() {
      if (isAsked || demoPath === null) return;
      isAsked = true;
      // Whoever waits in earnest is told what is wrong.
      timer = setTimeout(() => void rehearse().catch(() => undefined), soonMs);
      timer.unref();
    },
    now() {
      isAsked = true;
      clearTimeout(timer);
      void load();
    },
    close() {
      clearTimeout(timer);
      controller.abort();
    },
  };
}
