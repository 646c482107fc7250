/**
 * Writes five-minute excerpts of annotated records with real noise added in random stretches, 0 to 15 dB, so that
 * training sees what a detector makes of noise:
 *
 *     node scripts/run-ts.mjs scripts/noisy-excerpts.ts OUT SETS DATABASE...
 *
 *     node scripts/run-ts.mjs scripts/noisy-excerpts.ts OUT SETS --throughout KIND DB DATABASE...
 *
 * The second form makes one excerpt of each record, with noise of KIND (bw, em, ma) in every second at DB: what
 * `fiducial evaluate OUT/DATABASE-noisy` says of it is how far noise is withstood.
 *
 * SETS is the folder that the training sets were unpacked into. OUT/DATABASE-noisy holds NAME-noisyK, with the
 * annotations of the excerpt: rhythm at its beginning, then beats and rhythms.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { MITDB_PACED } from '../src/core/evaluation/databases';
import { findRecords } from '../src/core/recordings/find-records';
import { seededRandom } from '../src/core/base/seeded-random';
import { writeAnnotations } from '../src/core/formats/wfdb/annotations';
import { openAnnotated } from '../src/core/recordings/open-annotated';
import { createRecordWriter } from '../src/core/formats/wfdb/write-record';
import { addNoise, leadsOf, readNoises, valueOf } from './noise';

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  options: { throughout: { type: 'string' } },
  allowPositionals: true,
});
const { throughout } = values;
const [out, sets, ...rest] = positionals;
const snrDb = throughout ? Number(rest.shift()) : null;
const databases = rest;
if (!out || !sets || databases.length === 0)
  throw new Error('usage: noisy-excerpts.ts OUT SETS [--throughout KIND DB] DATABASE...');

const EXCERPT_S = 300;
const VARIANTS = throughout ? 1 : 2;
const GAIN_ADU_PER_MV = 200;
const uniform = seededRandom(17);
const noises = await readNoises(sets);

for (const path of valueOf(await findRecords(databases)).paths) {
  const { name, rateHz, leads } = await leadsOf(path);
  if (MITDB_PACED.includes(name)) continue;
  const annotated = valueOf(await openAnnotated(path, 'atr'));
  await annotated.recording.close();
  const dir = join(out, `${basename(dirname(path))}-noisy`);
  mkdirSync(dir, { recursive: true });
  for (let variant = 1; variant <= VARIANTS; variant++) {
    const length = EXCERPT_S * rateHz;
    const at = Math.floor(uniform() * (leads[0]!.length - length));
    const noisy = leads.map((lead) => lead.slice(at, at + length));
    for (const mv of noisy)
      addNoise(mv, rateHz, noises, {
        record: name,
        uniform,
        lowestDb: snrDb ?? 0,
        highestDb: snrDb ?? 15,
        ...(throughout ? { throughout } : {}),
      });
    const own = `${name}-noisy${variant}`;
    const writer = await createRecordWriter(dir, {
      name: own,
      rateHz,
      format: 16,
      signals: leads.map((_, l) => ({
        description: `ECG${l + 1}`,
        units: 'mV',
        gainAduPerUnit: GAIN_ADU_PER_MV,
        baselineAdu: 0,
        adcResolutionBits: 16,
      })),
      comments: [`${name} from sample ${at}, noise of nstdb added`],
    });
    await writer.write(
      Float64Array.from(
        { length: length * leads.length },
        (_, i) => GAIN_ADU_PER_MV * noisy[i % leads.length]![Math.floor(i / leads.length)]!,
      ),
    );
    await writer.finish();
    const { annotations } = annotated;
    const rhythm = annotations
      .filter(({ symbol, sample }) => symbol === '+' && sample <= at)
      .at(-1);
    const inside = annotations.filter(({ sample }) => sample > at && sample < at + length);
    const moved = inside.map((one) => ({ ...one, sample: one.sample - at }));
    const placed = rhythm ? [{ ...rhythm, sample: 0 }, ...moved] : moved;
    const file = writeAnnotations(placed.map((one) => ({ ...one, subtype: 0, chan: 0, num: 0 })));
    writeFileSync(join(dir, `${own}.atr`), file);
  }
}
