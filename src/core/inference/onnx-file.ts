import type { GraphValue } from './types';

/** What an ONNX file says of itself, read without ONNX Runtime so that the engine can check it. */
export interface OnnxSummary {
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
  readonly metadata: Readonly<Record<string, string>>;
  /** Names of the files beside the model in which it keeps weights. */
  readonly externalFiles: readonly string[];
}

/** Element types of onnx.proto's TensorProto.DataType that a graph's inputs and outputs use here. */
const ELEMENT_TYPES: Readonly<Record<number, string>> = {
  1: 'float32',
  2: 'uint8',
  3: 'int8',
  6: 'int32',
  7: 'int64',
  9: 'bool',
  10: 'float16',
  11: 'float64',
};

/**
 * Reads the parts of an ONNX file that a card is checked against. Field numbers are those of onnx.proto
 * (onnx/onnx, IR version 10): ModelProto graph=7 metadata_props=14; GraphProto initializer=5 input=11
 * output=12; TensorProto external_data=13 with key `location`.
 * @throws Error when the bytes are not a protocol-buffer message or hold no graph
 */
export function readOnnx(bytes: Uint8Array): OnnxSummary {
  const model = fields(bytes);
  const graphBytes = first(model, 7);
  if (!(graphBytes instanceof Uint8Array)) throw new Error('it holds no graph');
  const graph = fields(graphBytes);
  const initializers = all(graph, 5).map((tensor) => fields(tensor));
  const names = new Set(initializers.map((tensor) => text(first(tensor, 8))));
  const external = initializers
    .flatMap((tensor) => all(tensor, 13).map(entry))
    .filter(([key]) => key === 'location')
    .map(([, value]) => value);
  return {
    // Before IR version 4 initializers were listed among the inputs too.
    inputs: all(graph, 11)
      .map(value)
      .filter(({ name }) => !names.has(name)),
    outputs: all(graph, 12).map(value),
    metadata: Object.fromEntries(all(model, 14).map(entry)),
    externalFiles: [...new Set(external)],
  };
}

/** ValueInfoProto: name=1 type=2; TypeProto tensor_type=1; its elem_type=1 shape=2; dim=1 with value=1 or param=2. */
function value(bytes: Uint8Array): GraphValue {
  const info = fields(bytes);
  const tensor = fields(asBytes(first(fields(asBytes(first(info, 2))), 1)));
  const shape = first(tensor, 2);
  const dims = shape === undefined ? [] : all(fields(asBytes(shape)), 1);
  return {
    name: text(first(info, 1)),
    type: ELEMENT_TYPES[Number(first(tensor, 1) ?? 0)] ?? 'other',
    dims: dims.map((bytesOfDim) => {
      const dim = fields(bytesOfDim);
      const size = first(dim, 1);
      return typeof size === 'number' ? size : text(first(dim, 2));
    }),
  };
}

/** StringStringEntryProto: key=1 value=2. */
function entry(bytes: Uint8Array): [string, string] {
  const pair = fields(bytes);
  return [text(first(pair, 1)), text(first(pair, 2))];
}

type Field = number | Uint8Array;
type Fields = ReadonlyMap<number, readonly Field[]>;

/** One level of a protocol-buffer message (protobuf.dev, "Encoding"): wire types 0, 1, 2 and 5. */
function fields(bytes: Uint8Array): Fields {
  const found = new Map<number, Field[]>();
  let at = 0;
  const varint = (): number => {
    let result = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) break;
      result += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return result;
    }
    throw new Error('it is not an ONNX file');
  };
  const take = (length: number): Uint8Array => {
    if (at + length > bytes.length) throw new Error('it ends too early');
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = varint();
    const wire = tag % 8;
    let field: Field;
    if (wire === 0) field = varint();
    else if (wire === 1) field = take(8);
    else if (wire === 2) field = take(varint());
    else if (wire === 5) field = take(4);
    else throw new Error('it is not an ONNX file');
    const number = Math.floor(tag / 8);
    const list = found.get(number);
    if (list) list.push(field);
    else found.set(number, [field]);
  }
  return found;
}

function first(message: Fields, number: number): Field | undefined {
  return message.get(number)?.[0];
}

function all(message: Fields, number: number): Uint8Array[] {
  return (message.get(number) ?? []).filter((field) => field instanceof Uint8Array);
}

function asBytes(field: Field | undefined): Uint8Array {
  return field instanceof Uint8Array ? field : new Uint8Array();
}

function text(field: Field | undefined): string {
  return field instanceof Uint8Array ? new TextDecoder().decode(field) : '';
}
