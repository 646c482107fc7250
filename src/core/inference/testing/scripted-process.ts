import { err, ok } from '../../../shared/domain';
import type { Channel } from '../../base/channel';
import type { FromInference, ToInference } from '../messages';
import { rowsOf } from '../tensors';
import type { ModelFiles, TrialBatch } from '../types';
import { fakeProcess } from './fake-channel';

/** How a provider behaves on trial; milliseconds are of the fake clock. */
export interface Script {
  /** Time of one row. */
  readonly ms?: number;
  /** Added to every probability. */
  readonly offset?: number;
  /** Message of the exception with which no session can be opened. */
  readonly absent?: string;
  /** Message of the exception of every run. */
  readonly fails?: string;
  readonly crashes?: boolean;
  readonly hangs?: boolean;
}

/**
 * Starts processes in which each provider does what its script says. They answer through timers, so that a test with a
 * fake clock decides how long everything takes.
 */
export function scriptedSpawn(providers: Readonly<Record<string, Script>>): {
  spawn: () => Channel;
  readonly living: number;
  readonly started: number;
  readonly asked: string[];
} {
  let living = 0;
  let started = 0;
  const asked: string[] = [];
  return {
    asked,
    get living() {
      return living;
    },
    get started() {
      return started;
    },
    spawn() {
      started += 1;
      living += 1;
      const process = fakeProcess();
      const opened = new Set<string>();
      process.channel.onClose(() => (living -= 1));
      const say = (message: FromInference): void => process.say(message);
      const post = (raw: unknown): void => {
        const message = raw as ToInference;
        if (message.kind === 'load') {
          setTimeout(() => say({ kind: 'reply', id: message.id, result: ok({}) }), 1);
          return;
        }
        if (message.kind === 'providers') {
          const result = ok(Object.keys(providers));
          setTimeout(() => say({ kind: 'reply', id: message.id, result }), 1);
          return;
        }
        const { id, graph, inputs } = message;
        asked.push(`${graph.provider} ${rowsOf(inputs)}`);
        const script = providers[graph.provider]!;
        const fail = (why: string): void =>
          say({ kind: 'reply', id, result: err('inference-failed', why) });
        if (script.hangs) return;
        if (script.crashes) return void setTimeout(() => process.crash(), 1);
        if (script.absent !== undefined) return void setTimeout(() => fail(script.absent!), 1);
        if (!opened.has(graph.provider)) say({ kind: 'step', id, step: 'session-opened' });
        opened.add(graph.provider);
        setTimeout(
          () => {
            if (script.fails !== undefined) return fail(script.fails);
            const rows = rowsOf(inputs);
            const data = new Float32Array(2 * rows).fill(0.5 + (script.offset ?? 0));
            const probability = { type: 'float32' as const, dims: [rows, 2], data };
            say({ kind: 'reply', id, result: ok({ probability }) });
          },
          (script.ms ?? 1) * rowsOf(inputs),
        );
      };
      return { ...process.channel, post };
    },
  };
}

/** A batch of eight rows, a segment each. */
export const TRIAL_BATCH: TrialBatch = {
  inputs: { segments: { type: 'float32', dims: [8, 1, 4], data: new Float32Array(32) } },
  segments: 8,
  probabilities: (outputs) => outputs['probability']!.data as Float32Array,
};

/** A model without files: nothing is read where processes are scripted. */
export const SCRIPTED_MODEL = {
  card: {
    id: 'scripted',
    version: '1',
    kind: 'beat-attention',
    files: { scan: { file: 'm.onnx', sha256: 'abc' } },
  },
  paths: { scan: '/m.onnx' },
} as unknown as ModelFiles;
