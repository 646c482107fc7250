/**
 * `npm run check:evidence -- DB [--records LIST] [--model ID] [--models DIR]`: on every segment of a database, evidence
 * plus bias must equal logit(Abnormal) - logit(Normal) within 1e-3, that margin must be the probability's, and the
 * scan graph must agree with the explain graph within 1e-4. Exit code 1 where one does not.
 */
import { join } from 'node:path';
import { Command } from 'commander';
import { createModels } from '../src/core/analysis/models';
import { readReferenceRecord } from '../src/core/evaluation/reference-record';
import { parseRecordList, selectRecords } from '../src/core/evaluation/select-records';
import { loadOnnxRuntime } from '../src/core/inference/runtime';
import { projectDir } from '../src/core/processes/entries';
import type { Result } from '../src/shared/domain';
import { createEvidenceCheck, evidenceHolds } from './train/evidence';

const command = new Command('check-evidence')
  .argument('<database>')
  .option('--records <list>', 'ds1, names with commas, or a file (default: all)')
  .option('--model <id>', 'a model of kind segment-attention', 'attention-cnn')
  .option('--models <dir>', 'folder of models', join(projectDir(), 'resources', 'models'))
  .parse(process.argv.slice(2), { from: 'user' });
const options = command.opts<{ records?: string; model: string; models: string }>();

const list = options.records === undefined ? null : valueOf(await parseRecordList(options.records));
const { paths: records } = valueOf(await selectRecords(command.args[0]!, list));
const { card, paths } = valueOf(await createModels(options.models, () => null).find(options.model));
const check = await createEvidenceCheck(await loadOnnxRuntime(), paths, card.windowSamples);
for (const [i, recordPath] of records.entries()) {
  const read = await readReferenceRecord(recordPath, card, 'atr');
  if (!read.ok) {
    console.error(read.error.message);
    process.exitCode = 1;
    continue;
  }
  const { record, segments, samples } = read.value;
  for (const [row, { unreadable }] of segments.entries()) {
    if (unreadable) continue;
    await check.add(samples.slice(row * card.windowSamples, (row + 1) * card.windowSamples));
  }
  const { segments: done, evidence } = check.largest();
  console.log(
    `${i + 1}/${records.length} ${record}: ${done} segments, ${evidence.toExponential(1)}`,
  );
}
const largest = check.largest();
await check.close();
console.log(
  `${largest.segments} segments; largest difference of evidence + bias from the margin ${largest.evidence.toExponential(2)} (limit 1e-3), of the margin from the probability's ${largest.margin.toExponential(2)}, of scan from explain ${largest.scan.toExponential(2)} (limit 1e-4)`,
);
if (!evidenceHolds(largest)) process.exitCode = 1;

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  console.error(`check-evidence: ${result.error.message}`);
  process.exit(2);
}
