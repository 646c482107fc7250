import type { ReferenceAnnotation } from '../recordings/open-annotated';

/**
 * Whether the reference marks paced beats (`/`, or `f` for fusion with a paced beat): AAMI EC57 reports such records
 * apart. Told by what the annotations say, never by a record's name.
 */
export function isPaced(annotations: readonly Pick<ReferenceAnnotation, 'symbol'>[]): boolean {
  return annotations.some(({ symbol }) => symbol === '/' || symbol === 'f');
}
