import { expect, it } from 'vitest';
import { fakeProcess, type FakeProcess } from '../inference/testing/fake-channel';
import type { RelayToEngine } from './link';
import { createInferenceRelay, createRelayedInference } from './relay';

/** Both halves joined; `started` are the processes of the host. */
function join() {
  const started: FakeProcess[] = [];
  const relay = createInferenceRelay(
    () => {
      started.push(fakeProcess());
      return started.at(-1)!.channel;
    },
    (message) => void relayed.handle(message),
  );
  const relayed = createRelayedInference((message) => void relay.handle(message));
  return { started, relay, relayed };
}

it('keeps several processes apart', () => {
  const { started, relayed } = join();
  const heard: string[] = [];
  for (const name of ['a', 'b']) {
    const channel = relayed.spawn();
    channel.onMessage((message) => heard.push(`${name} ${String(message)}`));
    channel.onClose((reason) => heard.push(`${name} ended: ${reason}`));
    channel.post(`to ${name}`);
  }
  expect(started.map(({ received }) => received)).toEqual([['to a'], ['to b']]);
  started[1]!.say('hello');
  started[0]!.crash('signal SIGSEGV');
  started[1]!.say('still here');
  expect(heard).toEqual(['b hello', 'a ended: signal SIGSEGV', 'b still here']);
});

it('ends every process when the engine is gone, and tells its successor nothing of them', () => {
  const started: FakeProcess[] = [];
  const told: RelayToEngine[] = [];
  const relay = createInferenceRelay(
    () => {
      started.push(fakeProcess());
      return started.at(-1)!.channel;
    },
    (message) => told.push(message),
  );
  relay.handle({ kind: 'inference-spawn', generation: 1 } as never);
  relay.handle({ kind: 'inference-spawn', generation: 2 } as never);
  relay.close();
  expect(started.map(({ ended }) => ended)).toEqual([true, true]);
  // The next engine counts from 1 again.
  relay.handle({ kind: 'inference-spawn', generation: 1 } as never);
  started[0]!.say('late');
  expect(told).toEqual([]);
  started[2]!.say('new');
  expect(told).toEqual([{ kind: 'inference-message', generation: 1, message: 'new' }]);
});
