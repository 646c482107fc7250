/**
 * Writes the QRS candidates of annotated records, with their features and labels, for `training/qrs/fit.py`:
 *
 *     node scripts/run-ts.mjs scripts/qrs-candidates.ts OUT DATABASE...
 *
 * OUT.f64 is row-major float64: variant, record, seconds, label (1 a beat, 0 none, -1 in ventricular flutter), then
 * SHAPE_FEATURES. OUT.json names columns, variants and records. Every record comes five times: as it is, each of its
 * first two leads alone, with noise, and its first lead alone with noise.
 */
import { writeFileSync } from 'node:fs';
import { shapeFeatures, SHAPE_FEATURES } from '../src/core/beats/qrs-candidate-features';
import { QRS_RATE_HZ } from '../src/core/beats/qrs-constants';
import { qrsEvidence } from '../src/core/beats/qrs-evidence';
import { qrsLeads } from '../src/core/beats/qrs-leads';
import { createRateConverter } from '../src/core/beats/qrs-resample';
import { annotatedBeats, flutterSpans, pairBeats } from '../src/core/evaluation/ec57-beats';
import { findRecords } from '../src/core/recordings/find-records';
import { openAnnotated } from '../src/core/recordings/open-annotated';
import type { Result } from '../src/shared/domain';

const VARIANTS = ['asRecorded', 'firstLead', 'secondLead', 'noisy', 'firstLeadNoisy'] as const;
const LABEL_COLUMNS = 4;

const [out, ...databases] = process.argv.slice(2);
if (!out || databases.length === 0) throw new Error('usage: qrs-candidates.ts OUT DATABASE...');

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

let seed = 7;
/** Numerical Recipes' linear congruential generator: the same noise on every run. */
function uniform(): number {
  seed = (seed * 1664525 + 1013904223) >>> 0;
  return seed / 2 ** 32;
}
const normal = (): number => {
  let sum = 0;
  for (let i = 0; i < 6; i++) sum += uniform();
  return (sum - 3) * Math.SQRT2;
};

/** Bursts of muscle noise, wander, mains and electrode steps, in units of the lead's own spread. */
function withNoise(lead: Float64Array, amount: number): Float64Array {
  const sample = Array.from(
    { length: 2000 },
    (_, k) => lead[Math.floor((k * lead.length) / 2000)]!,
  );
  const sorted = sample.filter(Number.isFinite).sort((a, b) => a - b);
  const unit =
    ((sorted[Math.floor(sorted.length * 0.95)]! - sorted[Math.floor(sorted.length * 0.05)]!) / 2) *
    amount;
  const phase = 6 * uniform();
  let wander = 0;
  let burst = 0;
  let step = 0;
  return lead.map((value, i) => {
    if (i % 2500 === 0) burst = uniform() < 0.4 ? uniform() : 0.1;
    if (uniform() < 1 / 5000) step += 3 * unit * normal();
    step *= 0.999;
    wander = 0.995 * wander + 0.05 * unit * normal();
    const mains = 0.15 * unit * Math.sin((2 * Math.PI * 50 * i) / QRS_RATE_HZ + phase);
    return value + 0.7 * burst * unit * normal() + wander + mains + step;
  });
}

const records: { database: string; record: string; beats: number }[] = [];
const rows: Float64Array[] = [];
for (const database of databases) {
  for (const path of valueOf(await findRecords([database])).paths) {
    const annotated = valueOf(await openAnnotated(path, 'atr'));
    const { recording, annotations, rateHz: annotationHz } = annotated;
    const { signals, rateHz } = valueOf(qrsLeads(recording));
    const leads: Float64Array[] = [];
    for (const signal of signals) {
      const samples = valueOf(
        await recording.readPhysical(signal, 0, recording.leads[signal]!.samples),
      );
      const converter = createRateConverter(rateHz);
      leads.push(Float64Array.from([...converter.push(samples), ...converter.flush()]));
    }
    const beats = annotatedBeats(annotations, annotationHz).timeS;
    const flutter = flutterSpans(annotations, annotationHz);
    records.push({ database, record: recording.name, beats: beats.length });
    await recording.close();
    const first = leads[0]!;
    const versions: Record<(typeof VARIANTS)[number], Float64Array[]> = {
      asRecorded: leads,
      firstLead: [first],
      secondLead: [leads[1] ?? first],
      noisy: leads.map((lead) => withNoise(lead, 0.5)),
      firstLeadNoisy: [withNoise(first, 0.3)],
    };
    VARIANTS.forEach((variant, v) => {
      const evidence = qrsEvidence(versions[variant]);
      const features = shapeFeatures(evidence);
      const timeS = evidence.candidates.map((at) => at / QRS_RATE_HZ);
      pairBeats(beats, timeS).forEach((beat, k) => {
        const inside = flutter.some(({ startS, endS }) => timeS[k]! >= startS && timeS[k]! <= endS);
        const row = new Float64Array(LABEL_COLUMNS + SHAPE_FEATURES.length);
        row.set([v, records.length - 1, timeS[k]!, beat >= 0 ? 1 : inside ? -1 : 0]);
        const start = k * SHAPE_FEATURES.length;
        row.set(features.subarray(start, start + SHAPE_FEATURES.length), LABEL_COLUMNS);
        rows.push(row);
      });
    });
    console.error(`${recording.name}: ${rows.length} candidates so far`);
  }
}
const all = new Float64Array(rows.length * (LABEL_COLUMNS + SHAPE_FEATURES.length));
rows.forEach((row, i) => all.set(row, i * row.length));
writeFileSync(`${out}.f64`, new Uint8Array(all.buffer));
writeFileSync(
  `${out}.json`,
  JSON.stringify({ variants: VARIANTS, features: SHAPE_FEATURES, records }),
);
