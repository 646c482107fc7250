import { err, ok, type Lead, type ModelCard, type Result } from '../../shared/domain';
import { leadForModel, type RecordReader } from '../formats/wfdb';
import { leadSignal, millivoltsPerUnit } from '../recordings/lead-signal';

export interface ChosenLead {
  readonly index: number;
  readonly name: string;
}

/**
 * The lead that a single-lead model reads (design.md section 4): the one that the reader chose, else the first
 * of the model's preferred names that the record has, else the record's first ECG lead.
 * @returns `unsupported` when the record has no ECG lead or the chosen one is none, `not-found` for a wrong index
 */
export function chooseLead(
  reader: RecordReader,
  preferred: ModelCard['leads']['preferred'],
  wanted: number | null,
): Result<ChosenLead> {
  const index = wanted ?? leadForModel(reader.signals.map(asLead), preferred);
  if (index === null) {
    return err('unsupported', `${reader.name} has no ECG lead (none of its signals is a voltage).`);
  }
  const lead = leadSignal(reader, index);
  return lead.ok ? ok({ index, name: lead.value.name }) : lead;
}

function asLead(signal: RecordReader['signals'][number]): Pick<Lead, 'index' | 'name' | 'isEcg'> {
  return {
    index: signal.index,
    name: signal.description,
    isEcg: millivoltsPerUnit(signal.units) !== null,
  };
}
