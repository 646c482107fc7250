import { describe, expect, it } from 'vitest';
import { inWords } from '../../shared/domain/said';
import { wordsIn } from '../../shared/words';
import { chooseDevice, firstLine, type Trial } from './trial-report';

const trial = (provider: string, values: Partial<Trial> = {}): Trial => ({
  ...{ provider, outcome: 'agrees', available: true, maxDifference: 1e-6, detail: null },
  segmentsPerSecond: 100,
  ...values,
});
const CPU = trial('cpu', { maxDifference: 0 });
const FAST = trial('webgpu', { segmentsPerSecond: 300 });
const FASTEST = trial('cuda', { segmentsPerSecond: 900 });

function choose(
  trials: readonly Trial[],
  wanted = 'auto',
  lost: Record<string, string> = {},
): { provider: string; reasons: Record<string, string> } {
  const choice = chooseDevice(trials, { wanted, lost: new Map(Object.entries(lost)) });
  expect(choice.reports.filter((r) => r.chosen).map((r) => r.provider)).toEqual([choice.provider]);
  for (const { reason, said } of choice.reports) {
    expect(inWords({ message: reason, said }, wordsIn('es'))).not.toMatch(/en inglés|\bthe\b/);
  }
  const reasons = Object.fromEntries(choice.reports.map((r) => [r.provider, r.reason]));
  return { provider: choice.provider, reasons };
}

describe('chooseDevice', () => {
  it('takes the fastest that agrees, and says of each why', () => {
    const { provider, reasons } = choose([FAST, FASTEST, CPU]);
    expect(provider).toBe('cuda');
    expect(reasons).toEqual({
      webgpu:
        'Agrees with the CPU (largest difference in probability 0.0000010), but CUDA is faster.',
      cuda: 'Agrees with the CPU (largest difference in probability 0.0000010) and is faster: 900 against 100 segments per second.',
      cpu: 'CUDA agrees with it and is used.',
    });
  });

  it('says why in the language of a reader', () => {
    const { reports } = chooseDevice([FAST, FASTEST, CPU], { wanted: 'auto', lost: new Map() });
    const said = reports.map((one) => inWords({ ...one, message: one.reason }, wordsIn('es')));
    expect(said[0]).toBe(
      'Coincide con la CPU (mayor diferencia de probabilidad: 0,0000010), pero CUDA es más rápido.',
    );
  });

  it('keeps the CPU where nothing is faster', () => {
    const { provider, reasons } = choose([trial('webgpu'), CPU]);
    expect(provider).toBe('cpu');
    expect(reasons['webgpu']).toMatch(/but is slower: 100 against 100 segments per second\.$/);
  });

  it.each([
    [{ outcome: 'differs', maxDifference: 0.002 }, /Differs from the CPU by 0\.0020/],
    [{ outcome: 'not-a-number' }, /no number/],
    [{ outcome: 'crashed' }, /Ended the process/],
    [{ outcome: 'late' }, /in time/],
    [{ outcome: 'no-reference' }, /nothing to compare/],
    [
      { outcome: 'not-there', detail: 'Failed to get a WebGPU adapter: No supported adapters' },
      /^No graphics driver was found that WebGPU can use\./,
    ],
    [
      {
        outcome: 'not-there',
        detail: firstLine(`\n${'/a/long/path'.repeat(40)}: no adapter\n at x`),
      },
      /^No graphics driver was found that WebGPU can use\./,
    ],
  ] as [Partial<Trial>, RegExp][])('never takes one that %j', (values, reason) => {
    const { provider, reasons } = choose([{ ...FAST, ...values }, CPU]);
    expect(provider).toBe('cpu');
    expect(reasons['webgpu']).toMatch(reason);
  });

  it('does what FIDUCIAL_DEVICE says where that agrees, however slow it is', () => {
    expect(
      choose([trial('webgpu', { segmentsPerSecond: 1 }), FASTEST, CPU], 'webgpu'),
    ).toMatchObject({
      provider: 'webgpu',
      reasons: { cuda: expect.stringMatching(/asks for WebGPU/) as string },
    });
    expect(choose([FASTEST, CPU], 'cpu').provider).toBe('cpu');
    const absent = choose([{ ...FAST, outcome: 'differs' }, CPU], 'webgpu');
    expect(absent.provider).toBe('cpu');
    expect(absent.reasons['cpu']).toBe('FIDUCIAL_DEVICE asks for WebGPU, which cannot be used.');
  });

  it('leaves one that was lost', () => {
    const { provider, reasons } = choose([FAST, CPU], 'auto', { webgpu: 'device lost\nat x' });
    expect(provider).toBe('cpu');
    expect(reasons['webgpu']).toBe(
      'It failed in the middle of a run (device lost), and the CPU took over.',
    );
  });
});
