/**
 * Execution on a GPU for real: ONNX Runtime's WebGPU over the software Vulkan driver of Debian's chromium, or over the
 * driver that `VK_ICD_FILENAMES` names. It is slow there, so both models run one row; everything else runs on a small one.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { platform, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { analyseRecord } from '../../src/core/analysis/analyse-record';
import { createTrialBatches } from '../../src/core/analysis/trial-batches';
import type { Channel } from '../../src/core/base/channel';
import { openRecording } from '../../src/core/formats/list';
import { graphRef } from '../../src/core/inference/graph-ref';
import { loadModels } from '../../src/core/inference/load-models';
import { firstRow } from '../../src/core/inference/tensors';
import { writeTestModel } from '../../src/core/inference/testing/model-fixture';
import { openTrialProcess } from '../../src/core/inference/trial-process';
import { largestDifference } from '../../src/core/inference/try-providers';
import type { ModelFiles, TrialBatch } from '../../src/core/inference/types';
import { entryPath, projectDir } from '../../src/core/processes/entries';
import { createMachineInference } from '../../src/core/processes/machine-inference';
import { forkNode } from '../../src/core/processes/node-channel';
import { requireBuild } from '../contract/double/require-build';
import { createRecordingCache } from '../../src/core/recordings/recording-cache';
import { OUR_SETTINGS } from '../../src/core/settings/stored-settings';
import { createInlinePool } from '../../src/core/workers/inline-pool';
import type { Result, Segment } from '../../src/shared/domain';

const DRIVER = process.env['VK_ICD_FILENAMES'] ?? '/usr/lib/chromium/vk_swiftshader_icd.json';
const HAS_DRIVER = platform() === 'linux' && existsSync(DRIVER);
const DEMO = path.join(projectDir(), 'resources/demo/demo.hea');

let dir: string;
const started: Channel[] = [];
const spawn = (): Channel => {
  started.push(forkNode(entryPath('inference'), { quiet: true }));
  return started.at(-1)!;
};

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'fiducial-webgpu-'));
  await requireBuild();
});
afterAll(async () => {
  await rm(dir, { recursive: true, force: true, maxRetries: 5 });
});
beforeEach(() => {
  vi.stubEnv('VK_ICD_FILENAMES', DRIVER);
  // Chromium brings the loader along with the driver.
  vi.stubEnv('LD_LIBRARY_PATH', path.dirname(DRIVER));
  vi.stubEnv('XDG_RUNTIME_DIR', dir);
});
afterEach(() => vi.unstubAllEnvs());

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

async function modelsOf(folder: string): Promise<readonly ModelFiles[]> {
  return must(await loadModels(folder)).models;
}

describe.skipIf(!HAS_DRIVER)(`WebGPU over ${DRIVER}`, () => {
  it.each(['attention-cnn', 'beat-attention'])(
    'agrees with the CPU on a row of the demo: %s',
    async (id) => {
      const models = await modelsOf(path.join(projectDir(), 'resources/models'));
      const model = models.find(({ card }) => card.id === id)!;
      const batch = must(await createTrialBatches(DEMO, createInlinePool())(model));
      const [cpu, gpu] = [await answer(model, batch, 'cpu'), await answer(model, batch, 'webgpu')];
      expect(cpu.every((p) => p >= 0 && p <= 1)).toBe(true);
      expect(largestDifference(gpu, cpu)).toBeLessThan(1e-5);
    },
    300_000,
  );

  async function answer(
    model: ModelFiles,
    batch: TrialBatch,
    provider: string,
  ): Promise<Float32Array> {
    const trial = openTrialProcess(spawn, 280_000);
    try {
      const graph = must(graphRef(model, 'scan', provider));
      const got = await trial.run(graph, firstRow(batch.inputs));
      if (got.kind !== 'answered') throw new Error(got.kind);
      return batch.probabilities(must(got.result));
    } finally {
      trial.close();
    }
  }

  it('gives the same rows when its process is killed in a scan', async () => {
    vi.stubEnv('FIDUCIAL_DEVICE', 'webgpu');
    await writeTestModel(path.join(dir, 'models'));
    const [model] = (await modelsOf(path.join(dir, 'models'))) as [ModelFiles];
    const pool = createInlinePool();
    const inference = createMachineInference({
      ...{ spawn, pool, dataDir: path.join(dir, 'data'), demoPath: DEMO, tryWhenIdle: false },
    });
    const scan = async (onSegment: () => void): Promise<readonly Segment[]> => {
      const analysed = await analyseRecord({
        ...{ path: DEMO, model, lead: null, pool, inference },
        settings: () => OUR_SETTINGS,
        recordings: createRecordingCache(openRecording),
        signal: new AbortController().signal,
        onProgress: onSegment,
      });
      return must(analysed).result.segments;
    };
    try {
      const undisturbed = await scan(() => undefined);
      expect(inference.provider(model)).toBe('webgpu');
      let progress = 0;
      let killed = 0;
      const before = started.length;
      const disturbed = await scan(() => {
        if (progress++ !== 3) return;
        killed = started.at(-1)!.pid!;
        process.kill(killed, 'SIGKILL');
      });
      expect(started.length).toBe(before + 1);
      expect(started.at(-1)!.pid).not.toBe(killed);
      expect(inference.provider(model)).toBe('webgpu');
      expect(disturbed).toEqual(undisturbed);
    } finally {
      await inference.close();
    }
  }, 300_000);
});

it.runIf(platform() === 'linux')(
  'says in words that there is no graphics driver',
  async () => {
    vi.stubEnv('VK_ICD_FILENAMES', path.join(dir, 'no-driver.json'));
    await writeTestModel(path.join(dir, 'models'));
    const [model] = (await modelsOf(path.join(dir, 'models'))) as [ModelFiles];
    const inference = createMachineInference({
      ...{ spawn, pool: createInlinePool(), dataDir: path.join(dir, 'without'), demoPath: DEMO },
      tryWhenIdle: false,
    });
    try {
      const reports = await inference.tryDevices(model, { again: true });
      expect(reports.find(({ provider }) => provider === 'webgpu')).toMatchObject({
        available: false,
        chosen: false,
        reason: expect.stringMatching(
          /^No graphics driver was found that WebGPU can use\./,
        ) as string,
      });
      expect(reports.find(({ provider }) => provider === 'cpu')).toMatchObject({ chosen: true });
    } finally {
      await inference.close();
    }
  },
  60_000,
);
