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

/** What lies beside the models: the fingerprint of every recording that one of them learned from, and its name. */
const TrainedOn = z.record(z.string().regex(/^[0-9a-f]{64}$/), z.string());

/** SHA-256 over the stored samples of the first lead's first minute, as 32-bit little-endian integers. */
export async function fingerprintOf(recording: OpenRecording): Promise<Result<string>> {
  const rateHz = recording.leads[0]?.samplingRateHz ?? 0;
  const samples = await recording.readDigital(0, 0, Math.round(FINGERPRINT_S * rateHz));
  if (!samples.ok) return samples;
  const bytes = Buffer.alloc(samples.value.length * 4);
  samples.value.forEach((value, i) => bytes.writeInt32LE(value, i * 4));
  return ok(createHash('sha256').update(bytes).digest('hex'));
}

/**
 * Whether a model learned from a recording, told by its samples and not by its name: other collections number their
 * records too. A model that came without fingerprints is asked by name.
 */
export async function wasTrainedOn(model: ModelFiles, recording: OpenRecording): Promise<boolean> {
  const { records } = model.card.training;
  const known = await fingerprintsBeside(model);
  if (known === null) return records.includes(recording.name);
  const fingerprint = await fingerprintOf(recording);
  const name = fingerprint.ok ? known[fingerprint.value] : undefined;
  return name !== undefined && records.includes(name);
}

async function fingerprintsBeside(model: ModelFiles): Promise<Record<string, string> | null> {
  const file = Object.values(model.paths)[0];
  if (file === undefined) return null;
  try {
    const text = await readFile(join(dirname(file), TRAINED_ON_FILE), 'utf8');
    const parsed = TrainedOn.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
