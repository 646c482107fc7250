/**
 * Packs leads as XLI, for tests: written from the description of the format, without regard to speed, so that it
 * shares nothing with the reader.
 */
export function packXli(leads: readonly (readonly number[])[]): Buffer {
  return Buffer.concat(
    leads.map((lead) => {
      const packed = packLzw(highThenLow(secondDifferences(lead)));
      const head = Buffer.alloc(8);
      head.writeInt32LE(packed.length, 0);
      return Buffer.concat([head, packed]);
    }),
  );
}

/** Stored so that x[i] = 2 x[i-1] - x[i-2] - (d[i-1] - 64), with 0 before the third. */
function secondDifferences(samples: readonly number[]): number[] {
  const stored = samples.slice(0, 2);
  for (let k = 2; k < samples.length; k++) {
    const correction = 2 * samples[k - 1]! - samples[k - 2]! - samples[k]!;
    if (k === 2) stored[2] = 0;
    if (k > 2) stored[k - 1] = correction + 64;
    else if (correction !== 0) throw new Error('the third sample has to follow from the first two');
    stored[k] = 64;
  }
  return stored;
}

function highThenLow(values: readonly number[]): number[] {
  return [...values.map((value) => (value >> 8) & 0xff), ...values.map((value) => value & 0xff)];
}

function packLzw(bytes: readonly number[]): Buffer {
  const table = new Map<string, number>(Array.from({ length: 256 }, (_, k) => [String(k), k]));
  const codes: number[] = [];
  let word: number[] = [];
  for (const byte of bytes) {
    const longer = [...word, byte];
    if (table.has(longer.join())) word = longer;
    else {
      codes.push(table.get(word.join())!);
      if (table.size <= 1022) table.set(longer.join(), table.size);
      word = [byte];
    }
  }
  if (word.length > 0) codes.push(table.get(word.join())!);
  const bits = codes.map((code) => code.toString(2).padStart(10, '0')).join('');
  return Buffer.from(
    bits.match(/.{1,8}/g)!.map((eight) => Number.parseInt(eight.padEnd(8, '0'), 2)),
  );
}
