import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ok, type Result } from '../../shared/domain';
import type { OpenRecording } from '../formats/open-recording';
import { TRAINED_ON_FILE } from '../inference/load-models';
import type { ModelFiles } from '../inference/types';

/** A minute tells two recordings apart; a copy that was renamed, moved or given another header keeps it. */
const FINGERPRINT_S = 60;

/** What lies beside the models: the fingerprints of every recording that one of them learned from, and its name. */
const TrainedOn = z.record(z.string().regex(/^[0-9a-f]{64}$/), z.string());

/**
 * SHA-256 over the stored samples of the first minute of each lead, as 32-bit little-endian integers: a copy with its
 * leads in another order, or with one of them alone, is still told. A lead that never moves has none: all of those are alike.
 */
export async function fingerprintsOf(recording: OpenRecording): Promise<Result<string[]>> {
  const prints: string[] = [];
  for (const [index, { samplingRateHz }] of recording.leads.entries()) {
    const samples = await recording.readDigital(
      index,
      0,
      Math.round(FINGERPRINT_S * samplingRateHz),
    );
    if (!samples.ok) return samples;
    const { value } = samples;
    if (value.every((one) => one === value[0])) continue;
    const bytes = Buffer.alloc(value.length * 4);
    value.forEach((one, i) => bytes.writeInt32LE(one, i * 4));
    prints.push(createHash('sha256').update(bytes).digest('hex'));
  }
  return ok(prints);
}

/**
 * Whether a model learned from a recording, told by its samples and not by its name: other collections number their
 * records too. A record of the card that nobody has fingerprints of is asked for by name.
 */
export async function wasTrainedOn(model: ModelFiles, recording: OpenRecording): Promise<boolean> {
  const { records } = model.card.training;
  const known = await fingerprintsBeside(model);
  const isKnownByContent = Object.values(known).includes(recording.name);
  if (!isKnownByContent && records.includes(recording.name)) return true;
  const prints = await fingerprintsOf(recording);
  if (!prints.ok) return false;
  return prints.value.some((print) => {
    const name = known[print];
    return name !== undefined && records.includes(name);
  });
}

/** Fingerprints of recordings that the models of a folder learned from, and what their cards call them. */
export async function fingerprintsBeside(model: ModelFiles): Promise<Record<string, string>> {
  const file = Object.values(model.paths)[0];
  if (file === undefined) return {};
  try {
    const text = await readFile(join(dirname(file), TRAINED_ON_FILE), 'utf8');
    return TrainedOn.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
}
