import { expect, it } from 'vitest';
import { withoutSlack } from './without-slack';

it('copies parts of buffers and leaves everything else as it is', () => {
  const whole = Float32Array.of(1, 2, 3, 4);
  const message = {
    kind: 'reply',
    none: null,
    whole,
    leads: [{ values: whole.subarray(1, 3) }],
  };
  const sent = withoutSlack(message) as typeof message;
  expect(sent).toEqual(message);
  expect(sent.whole).toBe(whole);
  expect(sent.leads[0]!.values.buffer.byteLength).toBe(8);
});
