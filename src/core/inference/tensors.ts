import type { Tensors } from './types';

/** Rows of a batch: the first dimension of every tensor. */
export function rowsOf(inputs: Tensors): number {
  return Object.values(inputs)[0]!.dims[0]!;
}

/** A batch of one: the first row of a larger one. */
export function firstRow(inputs: Tensors): Tensors {
  const rows = rowsOf(inputs);
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { type, dims, data }]) => [
      name,
      { type, dims: [1, ...dims.slice(1)], data: data.slice(0, data.length / rows) },
    ]),
  );
}

/** Whether any value is no number. Infinities are: a logit may be one. */
export function holdsNaN(outputs: Tensors): boolean {
  return Object.values(outputs).some(
    ({ data }) => data instanceof Float32Array && data.some(Number.isNaN),
  );
}
