import { describe, expect, it } from 'vitest';
import { err, ok, type Result } from '../../shared/domain';
import { createSharedReads } from './shared-reads';

/** Reads that the test answers by hand. */
function harness(kept = 2) {
  const reads = createSharedReads<string>(kept);
  const begun: {
    key: string;
    signal: AbortSignal;
    answer: (result: Result<string>) => void;
    crash: (cause: Error) => void;
  }[] = [];
  const ask = (key: string, signal = new AbortController().signal) =>
    reads.get(
      key,
      signal,
      (abort) =>
        new Promise((answer, crash) => {
          begun.push({ key, signal: abort, answer, crash });
        }),
    );
  /** Asks and answers at once. */
  const fill = async (key: string) => {
    const asked = ask(key);
    begun.at(-1)!.answer(ok(key));
    await asked;
  };
  return { ask, begun, fill, keys: () => begun.map(({ key }) => key) };
}

describe('shared reads', () => {
  it('reads once for all who ask meanwhile, and not again afterwards', async () => {
    const { ask, begun } = harness();
    const asked = [ask('a'), ask('a'), ask('a')];
    begun[0]!.answer(ok('beats'));
    expect(await Promise.all(asked)).toEqual([ok('beats'), ok('beats'), ok('beats')]);
    expect(await ask('a')).toEqual(ok('beats'));
    expect(begun).toHaveLength(1);
  });

  it('lets one requester go without the others noticing', async () => {
    const { ask, begun } = harness();
    const one = new AbortController();
    const gone = ask('a', one.signal);
    const stays = ask('a');
    one.abort();
    expect(await gone).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(begun[0]!.signal.aborted).toBe(false);
    begun[0]!.answer(ok('beats'));
    expect(await stays).toEqual(ok('beats'));
  });

  it('ends an abandoned read for the next one only, and one that is waited for never', async () => {
    const { ask, begun, keys } = harness();
    const one = new AbortController();
    const abandoned = ask('a', one.signal);
    one.abort();
    await abandoned;
    // The next wish within the same stretch finds the read under way.
    const again = new AbortController();
    const taken = ask('a', again.signal);
    expect(keys()).toEqual(['a']);
    const other = ask('b');
    expect(begun[0]!.signal.aborted).toBe(false);
    again.abort();
    await taken;
    void ask('c');
    expect(begun[0]!.signal.aborted).toBe(true);
    expect(begun[1]!.signal.aborted).toBe(false);
    begun[1]!.answer(ok('b'));
    expect(await other).toEqual(ok('b'));
    // What the aborted read says when it ends is no news to whoever reads the same anew.
    const anew = ask('a');
    begun[0]!.answer(err('cancelled', 'late'));
    begun[3]!.answer(ok('a'));
    expect(await anew).toEqual(ok('a'));
    expect(keys()).toEqual(['a', 'b', 'c', 'a']);
  });

  it('starts nothing for a request that is over before it begins', async () => {
    const { ask, begun } = harness();
    const over = AbortSignal.abort();
    expect(await ask('a', over)).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(begun).toHaveLength(0);
  });

  it('holds the last few, the least recently used going first', async () => {
    const { ask, fill, keys } = harness(2);
    await fill('a');
    await fill('b');
    await ask('a');
    await fill('c');
    await ask('a');
    expect(keys()).toEqual(['a', 'b', 'c']);
    void ask('b');
    expect(keys()).toEqual(['a', 'b', 'c', 'b']);
  });

  it('keeps neither a failure nor a crash, and gives it to all who wait', async () => {
    const { ask, begun } = harness();
    const asked = [ask('a'), ask('a')];
    begun[0]!.answer(err('bad-signal', 'a.dat is cut short.'));
    for (const result of await Promise.all(asked)) expect(result.ok).toBe(false);
    const crashing = ask('a');
    begun[1]!.crash(new Error('a bug'));
    await expect(crashing).rejects.toThrow('a bug');
    const third = ask('a');
    begun[2]!.answer(ok('beats'));
    expect(await third).toEqual(ok('beats'));
  });
});
