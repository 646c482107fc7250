import type { Doc } from './doc';

type Element = ReturnType<Doc['struct']>;

interface TagState {
  /** Open grouping elements, the innermost last. */
  readonly stack: Element[];
  /** Content is being marked. */
  marking: boolean;
}
const states = new WeakMap<Doc, TagState>();

function stateOf(doc: Doc): TagState {
  let state = states.get(doc);
  if (!state) {
    const root = doc.struct('Document');
    doc.addStructure(root);
    states.set(doc, (state = { stack: [root], marking: false }));
  }
  return state;
}

/** What a screen reader says of an element besides its content. */
export interface TagOptions {
  /** For a figure: what it shows. */
  readonly alt?: string;
}

/** A part that holds others, as a section, a table or a row of one (ISO 32000-1, 14.8.4). */
export function group(doc: Doc, type: string, draw: () => void): void {
  const { stack } = stateOf(doc);
  const element = doc.struct(type);
  stack.at(-1)!.add(element);
  stack.push(element);
  draw();
  stack.pop();
  element.end();
}

/** Content that is read as one thing: a heading, a paragraph, a cell, a figure. Inside another it is part of that. */
export function content(doc: Doc, type: string, draw: () => void, options: TagOptions = {}): void {
  const state = stateOf(doc);
  if (state.marking) {
    draw();
    return;
  }
  state.marking = true;
  const marked = doc.markStructureContent(type);
  draw();
  doc.endMarkedContent();
  state.marking = false;
  state.stack.at(-1)!.add(doc.struct(type, { ...options }, [marked]));
}

/** Content that is looked at and not read: lines, grids, what repeats on every page. */
export function artifact(doc: Doc, draw: () => void): void {
  const state = stateOf(doc);
  if (state.marking) {
    draw();
    return;
  }
  state.marking = true;
  doc.markContent('Artifact', { type: 'Layout' });
  draw();
  doc.endMarkedContent();
  state.marking = false;
}

/** Ends what is still open, before the document ends. */
export function endTags(doc: Doc): void {
  const { stack } = stateOf(doc);
  while (stack.length > 0) stack.pop()!.end();
}
