import { seededRandom } from '../../base/seeded-random';

/**
 * A copy of an ONNX file in which the numbers of every float32 weight are dealt out anew within that weight: the same
 * graph and the same distribution of numbers, but nothing learnt (Adebayo et al., "Sanity checks for saliency maps",
 * NeurIPS 2018). Field numbers are those of onnx.proto: ModelProto graph=7; GraphProto initializer=5; TensorProto
 * data_type=2 raw_data=9.
 * @throws Error when the bytes are not a protocol-buffer message
 */
export function shuffleWeights(onnx: Uint8Array, seed: number): Uint8Array {
  // Not slice(): that of a Buffer shares its memory.
  const copy = Uint8Array.from(onnx);
  const random = seededRandom(seed);
  const message = (start: number, end: number): Field[] => fields(copy, start, end);
  for (const graph of message(0, copy.length).filter(({ number }) => number === 7)) {
    const tensors = message(graph.start, graph.end).filter(({ number }) => number === 5);
    for (const tensor of tensors) {
      const parts = message(tensor.start, tensor.end);
      const isFloat = parts.some(({ number, value }) => number === 2 && value === 1);
      const raw = parts.find(({ number }) => number === 9);
      if (!isFloat || !raw) continue;
      const view = new DataView(copy.buffer, copy.byteOffset + raw.start, raw.end - raw.start);
      for (let i = view.byteLength / 4 - 1; i > 0; i--) {
        const j = Math.floor(random() * (i + 1));
        const held = view.getUint32(4 * i);
        view.setUint32(4 * i, view.getUint32(4 * j));
        view.setUint32(4 * j, held);
      }
    }
  }
  return copy;
}

interface Field {
  readonly number: number;
  readonly start: number;
  readonly end: number;
  readonly value: number;
}

function fields(bytes: Uint8Array, start: number, end: number): Field[] {
  const found: Field[] = [];
  let at = start;
  const varint = (): number => {
    let result = 0;
    for (let scale = 1; at < end; scale *= 128) {
      const byte = bytes[at++]!;
      result += (byte & 0x7f) * scale;
      if (byte < 0x80) return result;
    }
    throw new Error('not a protocol-buffer message');
  };
  while (at < end) {
    const tag = varint();
    const wire = tag % 8;
    const value = wire === 0 || wire === 2 ? varint() : 0;
    const length = wire === 2 ? value : wire === 1 ? 8 : wire === 5 ? 4 : 0;
    found.push({ number: Math.floor(tag / 8), start: at, end: at + length, value });
    at += length;
    if (at > end) throw new Error('not a protocol-buffer message');
  }
  return found;
}
