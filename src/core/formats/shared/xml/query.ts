import type { XmlElement } from './tree';

/** The first element at the end of a path of names below an element. */
export function find(
  element: XmlElement | undefined,
  ...path: readonly string[]
): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>(
    (at, name) => at?.children.find((child) => child.name === name),
    element,
  );
}

/** Every element at the end of a path of names, in the order of the document. */
export function findAll(
  element: XmlElement | undefined,
  ...path: readonly string[]
): readonly XmlElement[] {
  return path.reduce<readonly XmlElement[]>(
    (found, name) =>
      found.flatMap(({ children }) => children.filter((child) => child.name === name)),
    element ? [element] : [],
  );
}

/** Text at the end of a path without white space around it, empty where there is none. */
export function textAt(element: XmlElement | undefined, ...path: readonly string[]): string {
  return find(element, ...path)?.text.trim() ?? '';
}

/** Number at the end of a path, or null where there is none. */
export function numberAt(
  element: XmlElement | undefined,
  ...path: readonly string[]
): number | null {
  return finite(textAt(element, ...path));
}

/** A number above 0 at the end of a path, as rates and scales are; null for none and any other. */
export function positiveAt(
  element: XmlElement | undefined,
  ...path: readonly string[]
): number | null {
  return positive(textAt(element, ...path));
}

/** The same of a text. */
export function positive(text: string | undefined): number | null {
  const value = finite(text);
  return value !== null && value > 0 ? value : null;
}

/** A number as XML writes it; null for an empty or any other text. */
export function finite(text: string | undefined): number | null {
  if (text === undefined || text.trim() === '') return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}
