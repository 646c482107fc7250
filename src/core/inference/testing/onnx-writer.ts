/**
 * Writes the small part of onnx.proto that test models need (onnx/onnx, IR version 8, opset 17). Test code only:
 * real models come from `training/`.
 */
export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly ints?: Readonly<Record<string, readonly number[]>>;
  readonly int?: Readonly<Record<string, number>>;
}

export interface OnnxModel {
  readonly inputs: Readonly<Record<string, readonly (number | string)[]>>;
  readonly outputs: Readonly<Record<string, readonly (number | string)[]>>;
  readonly weights: Readonly<
    Record<
      string,
      { dims: readonly number[]; data: Float32Array | BigInt64Array; externalFile?: string }
    >
  >;
  readonly nodes: readonly OnnxNode[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** @returns the bytes of an ONNX file, and those of each external weight file by name */
export function writeOnnx(model: OnnxModel): {
  bytes: Uint8Array;
  external: Map<string, Uint8Array>;
} {
  const external = new Map<string, Uint8Array>();
  const initializers = Object.entries(model.weights).map(([name, weight]) => {
    const { dims, data, externalFile } = weight;
    const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const head = [
      ...dims.map((dim) => int(1, dim)),
      int(2, data instanceof BigInt64Array ? 7 : 1),
      string(8, name),
    ];
    if (!externalFile) return message(5, [...head, bytes(9, raw)]);
    external.set(externalFile, raw.slice());
    return message(5, [...head, message(13, entry('location', externalFile)), int(14, 1)]);
  });
  const graph = [
    ...model.nodes.map(node),
    string(2, 'test'),
    ...initializers,
    ...Object.entries(model.inputs).map(([name, dims]) => message(11, valueInfo(name, dims))),
    ...Object.entries(model.outputs).map(([name, dims]) => message(12, valueInfo(name, dims))),
  ];
  const file = [
    int(1, 8),
    message(7, graph),
    message(8, [int(2, 17)]),
    ...Object.entries(model.metadata).map(([key, value]) => message(14, entry(key, value))),
  ];
  return { bytes: Buffer.concat(file), external };
}

function node({ op, inputs, outputs, ints = {}, int: one = {} }: OnnxNode): Uint8Array {
  return message(1, [
    ...inputs.map((name) => string(1, name)),
    ...outputs.map((name) => string(2, name)),
    string(4, op),
    ...Object.entries(ints).map(([name, values]) =>
      message(5, [string(1, name), ...values.map((v) => int(8, v)), int(20, 7)]),
    ),
    ...Object.entries(one).map(([name, v]) => message(5, [string(1, name), int(3, v), int(20, 2)])),
  ]);
}

function valueInfo(name: string, dims: readonly (number | string)[]): Uint8Array[] {
  const shape = dims.map((dim) =>
    message(1, [typeof dim === 'number' ? int(1, dim) : string(2, dim)]),
  );
  return [string(1, name), message(2, [message(1, [int(1, 1), message(2, shape)])])];
}

function entry(key: string, value: string): Uint8Array[] {
  return [string(1, key), string(2, value)];
}

function varint(value: number): Uint8Array {
  const out: number[] = [];
  // Negative numbers are ten bytes of two's complement, as protobuf writes int64.
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    out.push(rest > 0n ? low | 0x80 : low);
  } while (rest > 0n);
  return Uint8Array.from(out);
}

function int(field: number, value: number): Uint8Array {
  return Buffer.concat([varint(field * 8), varint(value)]);
}
function bytes(field: number, value: Uint8Array): Uint8Array {
  return Buffer.concat([varint(field * 8 + 2), varint(value.length), value]);
}
function string(field: number, value: string): Uint8Array {
  return bytes(field, Buffer.from(value));
}
function message(field: number, parts: readonly Uint8Array[]): Uint8Array {
  return bytes(field, Buffer.concat(parts));
}
