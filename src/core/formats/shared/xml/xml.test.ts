import { describe, expect, it } from 'vitest';
import { decodeXml } from './decode';
import { finite, find, findAll, numberAt, textAt } from './query';
import { xmlRoot } from './root';
import { parseXml } from './tree';

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const head = (bytes: Uint8Array | string) => ({
  fileName: 'x.xml',
  sizeBytes: bytes.length,
  bytes: Buffer.from(bytes),
});

describe('decodeXml', () => {
  const plain = '<?xml version="1.0"?><a>µé</a>';
  const claims = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><a>µé</a>`;
  it.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from(plain), plain],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${plain}`), plain],
    ['UTF-16 LE with a mark', Buffer.from(`\ufeff${plain}`, 'utf16le'), plain],
    ['UTF-16 BE with a mark', utf16be(`\ufeff${plain}`), plain],
    ['UTF-16 LE without', Buffer.from(plain, 'utf16le'), plain],
    ['UTF-16 BE without', utf16be(plain), plain],
    ['UTF-8 that claims to be UTF-16', Buffer.from(claims('UTF-16')), claims('UTF-16')],
    ['ISO-8859-1', Buffer.from(claims('ISO-8859-1'), 'latin1'), claims('ISO-8859-1')],
    [
      'Windows-1252 that claims to be UTF-8',
      Buffer.from(claims('utf-8'), 'latin1'),
      claims('utf-8'),
    ],
    ['an encoding that nobody knows', Buffer.from(claims('x-klingon')), claims('x-klingon')],
  ])('reads %s', (_, bytes, text) => {
    expect(decodeXml(bytes)).toBe(text);
  });
});

describe('xmlRoot', () => {
  it.each<[string, string | Uint8Array, string | null]>([
    ['a plain document', '<RestingECG/>', 'RestingECG'],
    ['a prefix', '<hl7:AnnotatedECG xmlns:hl7="urn:hl7-org:v3">', 'AnnotatedECG'],
    ['a prolog', '\n<?xml version="1.0"?><!-- <no> --><!DOCTYPE a SYSTEM "a.dtd">\n<a b="c">', 'a'],
    ['a subset that holds >', '<!DOCTYPE a [<!ENTITY x "y>">\n]><a>', 'a'],
    ['UTF-16', Buffer.from('\ufeff<a/>', 'utf16le'), 'a'],
    ['text before', 'hello <a>', null],
    ['a table', 'time,mV\n0,1\n', null],
    ['a PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), null],
    ['nothing', '', null],
    ['a comment without end', '<!-- <a>', null],
  ])('looks at %s', (_, bytes, root) => {
    expect(xmlRoot(head(bytes))).toBe(root);
  });
});

describe('parseXml', () => {
  const parsed = async (text: string) => {
    const root = await parseXml(text, 'x.xml');
    if (!root.ok) throw new Error(root.error.message);
    return root.value;
  };

  it('gives names without prefixes, attributes, text and order', async () => {
    const root = await parsed(
      '<p:a x:y="1"><b> 5 </b><b>x&lt;</b><c><b>6</b></c><![CDATA[&]]></p:a>',
    );
    expect([root.name, root.attributes, root.text]).toEqual(['a', { y: '1' }, '&']);
    expect(findAll(root, 'b').map(({ text }) => text)).toEqual([' 5 ', 'x<']);
    expect([textAt(root, 'b'), numberAt(root, 'b'), numberAt(root, 'c', 'b')]).toEqual(['5', 5, 6]);
    expect([find(root, 'd'), textAt(root, 'd', 'e'), numberAt(root, 'd')]).toEqual([
      undefined,
      '',
      null,
    ]);
    expect([finite(''), finite('1e999'), finite('x'), finite('-2.5')]).toEqual([
      null,
      null,
      null,
      -2.5,
    ]);
  });

  it.each([
    ['an early end', '<a>\n<b>', /^x\.xml is not well-formed XML: .* \(line 2, column \d+\)\.$/],
    ['text only', 'abc', /^x\.xml is not well-formed XML: .*\.$/],
    ['an entity of a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', /entity/],
    ['elements without end', '<a>'.repeat(300), /nested more than 200 deep/],
  ])('refuses %s', async (_, text, message) => {
    const root = await parseXml(text, 'x.xml');
    expect(root.ok).toBe(false);
    if (!root.ok) {
      expect(root.error.code).toBe('bad-header');
      expect(root.error.message).toMatch(message);
    }
  });

  it('refuses more elements than any recording has', async () => {
    const root = await parseXml(`<a>${'<b/>'.repeat(100_001)}</a>`, 'x.xml');
    expect(!root.ok && root.error.message).toContain('more than 100000 elements');
  });
});
