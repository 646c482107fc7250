import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../build-if-needed.mjs';
import { icnsFile, icoFile } from './icon-files';

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
const png = (size: number): { size: number; png: Buffer } => ({
  size,
  png: Buffer.concat([PNG, Buffer.from(String(size))]),
});
const committed = (name: string): Buffer => readFileSync(join(ROOT, 'build', name));

/** Side and content of each picture of a Windows icon, as its directory places them. */
function readIco(ico: Buffer): { size: number; content: Buffer }[] {
  return Array.from({ length: ico.readUInt16LE(4) }, (_, k) => {
    const entry = 6 + 16 * k;
    const start = ico.readUInt32LE(entry + 12);
    const content = ico.subarray(start, start + ico.readUInt32LE(entry + 8));
    return { size: ico.readUInt8(entry) || 256, content };
  });
}

/** Type and content of each picture of a macOS icon. */
function readIcns(icns: Buffer): { type: string; content: Buffer }[] {
  const found: { type: string; content: Buffer }[] = [];
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
    const content = icns.subarray(at + 8, at + icns.readUInt32BE(at + 4));
    found.push({ type: icns.toString('latin1', at, at + 4), content });
  }
  return found;
}

it('places every picture of a Windows icon', () => {
  const [small, large] = [png(16), png(256)];
  expect(readIco(icoFile([small, large]))).toEqual([
    { size: 16, content: small.png },
    { size: 256, content: large.png },
  ]);
});

it('gives a macOS icon each picture at both densities that it serves', () => {
  const icns = icnsFile([png(32), png(1024)]);
  expect(icns.readUInt32BE(4)).toBe(icns.length);
  expect(readIcns(icns).map(({ type }) => type)).toEqual(['icp5', 'ic11', 'ic10']);
});

it('is what lies in build/, up to the sizes that the systems ask for', () => {
  const ico = readIco(committed('icon.ico'));
  const icns = readIcns(committed('icon.icns'));
  expect(ico.map(({ size }) => size)).toContain(256);
  expect(icns.map(({ type }) => type)).toContain('ic10');
  for (const { content } of [...ico, ...icns]) expect(content.subarray(0, 8)).toEqual(PNG);
  expect(committed('icons/512x512.png').readUInt32BE(16)).toBe(512);
});
