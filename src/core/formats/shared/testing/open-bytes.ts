import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Result } from '../../../../shared/domain';
import type { Format, OpenOptions } from '../../format';
import type { OpenRecording } from '../../open-recording';
import { readFileHead } from '../file-head';

/** Writes files into a folder that goes when the test ends. */
export async function writeFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'fiducial-format-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, bytes] of Object.entries(files))
    await writeFile(path.join(folder, name), bytes);
  return folder;
}

/** Opens bytes as a file of a format, which has to recognise them. */
export async function tryOpen(
  format: Format,
  bytes: string | Uint8Array,
  options?: OpenOptions,
): Promise<Result<OpenRecording>> {
  const file = path.join(await writeFiles({ 'r.x': bytes }), 'r.x');
  const head = await readFileHead(file);
  if (!head.ok || !format.recognises(head.value)) throw new Error(`not recognised as ${format.id}`);
  return format.open(file, options);
}

/** The same where opening has to succeed. */
export async function openBytes(
  format: Format,
  bytes: string | Uint8Array,
  options?: OpenOptions,
): Promise<OpenRecording> {
  const opened = await tryOpen(format, bytes, options);
  if (!opened.ok) throw new Error(opened.error.message);
  onTestFinished(() => opened.value.close());
  return opened.value;
}

/** All values of a lead. */
export async function valuesOf(recording: OpenRecording, lead: number): Promise<number[]> {
  const read = await recording.readPhysical(lead, 0, recording.leads[lead]!.samples);
  if (!read.ok) throw new Error(read.error.message);
  return [...read.value];
}
