import { ok } from '../../../shared/domain';
import { loadOnnxRuntime } from '../runtime';
import type { Inference } from '../types';

/** ONNX Runtime in the test's own process, for tests of real networks that need no process of their own. */
export function createDirectInference(): Inference {
  const runtime = loadOnnxRuntime(1);
  type Session = Awaited<ReturnType<Awaited<typeof runtime>['createSession']>>;
  const sessions = new Map<string, Promise<Session>>();
  const sessionOf = (path: string): Promise<Session> => {
    const known = sessions.get(path) ?? runtime.then((one) => one.createSession(path, 'cpu'));
    sessions.set(path, known);
    return known;
  };
  return {
    async run({ paths }, variant, inputs) {
      const session = await sessionOf((paths[variant] ?? paths.scan)!);
      return ok(await session.run(inputs));
    },
    provider: () => 'cpu',
    devices: () => Promise.resolve([]),
    tryDevices: () => Promise.resolve([]),
    async close() {
      for (const session of sessions.values()) await (await session).release();
    },
  };
}
