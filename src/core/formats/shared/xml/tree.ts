import { SaxesParser } from 'saxes';
import { ok, type Result, type Told } from '../../../../shared/domain';
import { errSaid, toldBy } from '../../../../shared/domain/said';

/** An element of a document, with names and attribute names without their prefixes. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Text directly within the element, with references resolved. */
  readonly text: string;
}

/** Bounds on a document; the largest sample of a device has 1,500 elements nested 25 deep. */
const LIMITS = { elements: 100_000, depth: 200 } as const;

/** Characters that are parsed before others get their turn: some 10 ms. */
const CHUNK = 16 * 1024;

interface Growing {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: Growing[];
  text: string;
}

/**
 * Parses a document. No document type is fetched, and an entity that only one declares is an error.
 * @param text the decoded document
 * @param file name for messages
 * @returns the root element; `bad-header` with line and column where the document is not well-formed or ends early
 */
export async function parseXml(text: string, file: string): Promise<Result<XmlElement>> {
  const parser = new SaxesParser({ xmlns: false, position: true });
  const top: Growing = { name: '', attributes: {}, children: [], text: '' };
  const open: Growing[] = [top];
  let elements = 0;
  let failure: Told | null = null;
  parser.on('error', (error) => (failure ??= problem(error.message)));
  parser.on('opentag', ({ name, attributes }) => {
    const element = {
      name: local(name),
      attributes: withoutPrefixes(attributes),
      children: [],
      text: '',
    };
    open.at(-1)!.children.push(element);
    open.push(element);
    if (++elements > LIMITS.elements)
      failure ??= toldBy('files.xmlManyElements', { most: LIMITS.elements });
    if (open.length > LIMITS.depth) failure ??= toldBy('files.xmlDeep', { most: LIMITS.depth });
  });
  parser.on('closetag', () => void open.pop());
  const addText = (chunk: string) => void (open.at(-1)!.text += chunk);
  parser.on('text', addText);
  parser.on('cdata', addText);

  for (let at = 0; at < text.length && failure === null; at += CHUNK) {
    parser.write(text.slice(at, at + CHUNK));
    await new Promise(setImmediate);
  }
  if (failure === null) parser.close();
  if (failure !== null) return errSaid('bad-header', 'files.xmlBroken', { file, failure });
  const root = top.children[0];
  return root ? ok(root) : errSaid('bad-header', 'files.xmlEmpty', { file });
}

/** saxes' messages begin with `line:column: `. */
function problem(message: string): Told {
  const [, line, column, why] = /^(?:[^:]*:)?(\d+):(\d+): (.*?)\.?$/s.exec(message) ?? [];
  if (line === undefined || column === undefined || why === undefined) return { message };
  return toldBy('files.xmlAt', { why, line, column });
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function withoutPrefixes(attributes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [local(name), value]),
  );
}
