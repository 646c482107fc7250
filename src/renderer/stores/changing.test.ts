import { expect, it } from 'vitest';
import { changesBetween } from '../../shared/transport/changes';
import { provideTransport, type Transport } from '../transport';
import { createChanging } from './changing';

/** A service that knows the answers it gave by their versions, until it is started anew. */
function service() {
  let given = new Map<string, object>();
  let answer: object = { findings: [{ id: 'a' }] };
  const asked: unknown[] = [];
  let count = 0;
  provideTransport({
    call: async (_method: string, input: { knows?: string }) => {
      asked.push(input.knows ?? null);
      const before = given.get(input.knows ?? '');
      const version = `v${++count}`;
      given.set(version, answer);
      const change = changesBetween(before ?? {}, answer) ?? { parts: {} };
      return { ok: true, value: { version, since: before ? input.knows : null, change } };
    },
  } as unknown as Transport);
  return {
    asked,
    say: (next: object) => void (answer = next),
    startAnew: () => void (given = new Map()),
  };
}

it('says what it knows, and makes the answer of that and of what changed', async () => {
  const { asked, say, startAnew } = service();
  const ask = createChanging<object>('analysis.findingsSince');
  const of = (analysisId: string) => ask({ analysisId });
  expect(await of('x')).toEqual({ ok: true, value: { findings: [{ id: 'a' }] } });
  say({ findings: [{ id: 'a' }, { id: 'b' }] });
  expect(await of('x')).toEqual({ ok: true, value: { findings: [{ id: 'a' }, { id: 'b' }] } });
  startAnew();
  expect(await of('x')).toEqual({ ok: true, value: { findings: [{ id: 'a' }, { id: 'b' }] } });
  expect(asked).toEqual([null, 'v1', 'v2']);
});

it('asks for the whole of another recording', async () => {
  const { asked } = service();
  const ask = createChanging<object>('analysis.findingsSince');
  await ask({ analysisId: 'x' });
  await ask({ analysisId: 'y' });
  expect(asked).toEqual([null, null]);
});
