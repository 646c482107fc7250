/** The built command line and predict API on an installation whose default model is damaged. Needs `npm run build`. */
import { spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BIN, IS_BUILT, ROOT, runFiducial, type Ended } from '../support/fiducial';

const DEMO = join(ROOT, 'resources/demo/demo');

let dir: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-damaged-model-'));
  const models = join(dir, 'models');
  await mkdir(models);
  const shipped = join(ROOT, 'resources/models');
  for (const file of await readdir(shipped))
    await copyFile(join(shipped, file), join(models, file));
  const graph = join(models, 'beat-attention.onnx');
  const bytes = await readFile(graph);
  bytes[bytes.length >> 1]! ^= 1;
  await writeFile(graph, bytes);
  env = { ...process.env, FIDUCIAL_HOME: join(dir, 'home'), FIDUCIAL_MODELS: models };
});
afterAll(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));

const fiducial = (...args: string[]): Promise<Ended> => runFiducial(args, { env });

const SENTENCE =
  /Model "beat-attention" cannot be used\..*beat-attention\.onnx.*Nothing is analysed with another model/;

describe.skipIf(!IS_BUILT)('a damaged default model', () => {
  it('ends every analysing command with 1, a sentence and no result', async () => {
    const out = join(dir, 'rows.jsonl');
    const commands = [
      ['predict', DEMO, '--json'],
      ['scan', DEMO, '--out', out],
      ['review', DEMO, '--json'],
      ['report', DEMO, '--out', join(dir, 'report.pdf')],
      ['evaluate', join(ROOT, 'resources/demo')],
    ];
    for (const command of commands) {
      const { code, stdout, stderr } = await fiducial(...command);
      expect({ command, code, stdout }).toEqual({ command, code: 1, stdout: '' });
      expect(stderr).toMatch(SENTENCE);
    }
    expect((await readdir(dir)).sort()).toEqual(['home', 'models']);
  }, 120_000);

  it('lets the other model be named, and says which one answered', async () => {
    const { code, stdout } = await fiducial('predict', DEMO, '--model', 'attention-cnn', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ model: 'attention-cnn' });
  });

  it('is told by the API and to the page', async () => {
    const server = spawn(process.execPath, [BIN, 'serve', '--port', '0', '--quiet'], { env });
    try {
      const url = await new Promise<string>((found) => {
        let text = '';
        server.stdout.on('data', (piece: Buffer) => {
          text += piece.toString();
          const address = /http:\/\/[\d.]+:\d+/.exec(text);
          if (address) found(address[0]);
        });
      });
      const form = new FormData();
      form.append('file', new Blob([await readFile(`${DEMO}.dat`)]), 'demo.dat');
      form.append('header', new Blob([await readFile(`${DEMO}.hea`)]), 'demo.hea');
      const answer = await fetch(`${url}/predict`, { method: 'POST', body: form });
      expect(answer.status).toBe(500);
      const problem = (await answer.json()) as { code: string; detail: string };
      expect(problem.code).toBe('bad-model');
      expect(problem.detail).toMatch(SENTENCE);
      expect(await (await fetch(`${url}/models`)).json()).toMatchObject({
        default: null,
        refused: 1,
      });
    } finally {
      server.kill();
    }
  });
});
