import { describe, expect, it } from 'vitest';
import { chooseProvider, maxDifference, trialInputs } from './providers';
import type { Runtime, Session } from './runtime';
import type { Tensors } from './types';

interface Fake {
  /** Milliseconds that one run takes. */
  readonly ms: number;
  /** Added to every probability. */
  readonly offset?: number;
  readonly fails?: string;
}

/** A runtime whose clock only moves when a session runs. */
function fakeRuntime(providers: Record<string, Fake>): {
  runtime: Runtime;
  nowMs: () => number;
  open: Set<string>;
} {
  let clock = 0;
  const open = new Set<string>();
  return {
    nowMs: () => clock,
    open,
    runtime: {
      providers: () => Object.keys(providers),
      async createSession(_path, provider): Promise<Session> {
        const { ms, offset = 0, fails } = providers[provider]!;
        if (fails) throw new Error(fails);
        open.add(provider);
        return {
          inputs: [{ name: 'signal', type: 'float32', dims: ['batch', 4] }],
          async run(inputs) {
            clock += ms;
            const rows = inputs['signal']!.dims[0]!;
            const data = new Float32Array(rows * 2).fill(0.5 + offset);
            return { probability: { type: 'float32', dims: [rows, 2], data } };
          },
          async release() {
            open.delete(provider);
          },
        };
      },
    },
  };
}

async function choose(
  providers: Record<string, Fake>,
  banned: string[] = [],
): Promise<{ provider: string; reasons: Record<string, string>; open: string[] }> {
  const { runtime, nowMs, open } = fakeRuntime(providers);
  const choice = await chooseProvider(runtime, 'm.onnx', { banned, nowMs });
  expect(choice.reports.filter((r) => r.chosen).map((r) => r.provider)).toEqual([choice.provider]);
  const reasons = Object.fromEntries(choice.reports.map((r) => [r.provider, r.reason]));
  return { provider: choice.provider, reasons, open: [...open] };
}

describe('chooseProvider', () => {
  it('uses the CPU without a trial where there is nothing else', async () => {
    expect(await choose({ cpu: { ms: 10 } })).toMatchObject({ provider: 'cpu', open: ['cpu'] });
  });

  it('takes the fastest that agrees and lets the others go', async () => {
    const { provider, open } = await choose({
      cpu: { ms: 10 },
      webgpu: { ms: 5 },
      cuda: { ms: 1, offset: 9e-4 },
      dml: { ms: 2 },
    });
    expect(provider).toBe('cuda');
    expect(open).toEqual(['cuda']);
  });

  it('refuses one that differs by more than 1e-3, however fast', async () => {
    const { provider, reasons } = await choose({ cpu: { ms: 10 }, cuda: { ms: 1, offset: 2e-3 } });
    expect(provider).toBe('cpu');
    expect(reasons['cuda']).toMatch(/Differs from the CPU by 0\.0020/);
    expect(reasons['cpu']).toMatch(/cuda: Differs/);
  });

  it('refuses one that answers NaN', async () => {
    const { provider } = await choose({ cpu: { ms: 10 }, cuda: { ms: 1, offset: NaN } });
    expect(provider).toBe('cpu');
  });

  it('refuses one that agrees but is no faster', async () => {
    const { provider, reasons } = await choose({ cpu: { ms: 10 }, webgpu: { ms: 10 } });
    expect(provider).toBe('cpu');
    expect(reasons['webgpu']).toMatch(/no faster: 800 against 800/);
  });

  it('says why one is not available, and leaves out one that crashed', async () => {
    const { provider, reasons } = await choose(
      { cpu: { ms: 10 }, cuda: { ms: 1, fails: 'no libcudart\nstack' }, webgpu: { ms: 1 } },
      ['webgpu'],
    );
    expect(provider).toBe('cpu');
    expect(reasons['cuda']).toBe('Not available: no libcudart');
    expect(reasons['webgpu']).toMatch(/crashed/);
  });
});

it('compares probabilities only, when there are some', () => {
  const outputs = (probability: number, other: number): Tensors => ({
    probability: { type: 'float32', dims: [1], data: Float32Array.of(probability) },
    evidence: { type: 'float32', dims: [1], data: Float32Array.of(other) },
  });
  expect(maxDifference(outputs(0.25, 1), outputs(0.5, 9))).toBe(0.25);
  expect(maxDifference({}, outputs(0, 0))).toBe(Infinity);
});

it('makes trial inputs of about unit variance, the same every time', () => {
  const declared = [{ name: 'x', type: 'float32', dims: ['n', 1, 3600] }];
  const x = trialInputs(declared)['x']!.data as Float32Array;
  expect(trialInputs(declared)['x']!.data).toEqual(x);
  const variance = x.reduce((sum, v) => sum + v * v, 0) / x.length;
  expect(variance).toBeGreaterThan(0.9);
  expect(variance).toBeLessThan(1.1);
});
