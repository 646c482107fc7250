import path from 'node:path';
import { familiesOf } from '../../src/core/beats/families/families-of';
import { openNetworkRun } from './network';
import { overAndOver } from './families';
import { referenceCase, type ReferenceCase } from './own-records';
import { readAs, type SimulatedRead } from './simulated-reader';

/** The limits of proposals were chosen on these. */
const CHOSEN_ON = ['mitdb/108', 'mitdb/208', 'svdb/823', 'svdb/851', 'svdb/871'];
/** And are judged on these: with the others the fifteen that one network by patient had not seen. */
const JUDGED_ON = [
  ...['mitdb/109', 'mitdb/203', 'mitdb/223', 'svdb/806', 'svdb/827'],
  ...['svdb/849', 'svdb/855', 'svdb/869', 'svdb/887', 'svdb/893'],
];
/** F1 of the ectopic beats at which a reader stops. */
const GOAL = 0.99;
const DATA = process.env['FIDUCIAL_DATA'] ?? path.resolve('../shared/data');

/**
 * `npm run bench -- own`: acts of simulated readers to an F1 of 0.99, with proposals and without. The folder of another
 * network than the shipped one, which has learned from these records, is named in FIDUCIAL_OWN_MODEL.
 */
export async function benchOwn(): Promise<string> {
  const folder = process.env['FIDUCIAL_OWN_MODEL'];
  const network = await openNetworkRun('beat-attention', folder);
  if (typeof network === 'string') return `a patient's own network\n    not measured: ${network}`;
  const lines: string[] = [];
  try {
    for (const [what, names] of [
      ['chosen on', CHOSEN_ON],
      ['judged on', JUDGED_ON],
    ] as const) {
      const reads: (readonly [SimulatedRead, SimulatedRead])[] = [];
      for (const name of names) {
        const record = await referenceCase(path.join(DATA, `${name}.hea`), network);
        const pair = [readAs(record, GOAL, false), readAs(record, GOAL, true)] as const;
        reads.push(pair);
        lines.push(`${name}: ${inWords(...pair)}`);
        if (name === 'mitdb/208') lines.push(dayOf(record));
      }
      lines.push(`${what} ${reads.length}: ${inWords(...sumOf(reads))}`);
    }
  } finally {
    await network.close();
  }
  return `acts to F1 ${GOAL} of S, V and F, ${folder ?? 'the shipped network, which has learned from these records'}\n    ${lines.join('\n    ')}`;
}

function inWords(without: SimulatedRead, offered: SimulatedRead): string {
  const { taken, turnedAway, right, wrong } = offered;
  return `F1 ${without.before.toFixed(3)} before; ${without.acts} acts without, ${offered.acts} with ${taken} proposals taken and ${turnedAway} turned away, right about ${right} beats and wrong about ${wrong}`;
}

/** F1 is the mean, all else is summed. */
function sumOf(
  reads: readonly (readonly [SimulatedRead, SimulatedRead])[],
): [SimulatedRead, SimulatedRead] {
  const add = (side: 0 | 1): SimulatedRead => {
    const sum = (of: (read: SimulatedRead) => number): number =>
      reads.reduce((all, pair) => all + of(pair[side]), 0);
    return {
      acts: sum(({ acts }) => acts),
      before: sum(({ before }) => before) / reads.length,
      after: sum(({ after }) => after) / reads.length,
      taken: sum(({ taken }) => taken),
      turnedAway: sum(({ turnedAway }) => turnedAway),
      right: sum(({ right }) => right),
      wrong: sum(({ wrong }) => wrong),
    };
  };
  return [add(0), add(1)];
}

/** How long a day of such beats takes, half of them settled: families and what is proposed of the rest. */
function dayOf(record: ReferenceCase): string {
  const { timeS, beatClass, shapes } = overAndOver({ ...record, shapes: record.forms.shapes });
  const index = Int32Array.from(timeS.keys(), (i) => i % record.timeS.length);
  const { form, likeness } = record.forms;
  const forms = {
    ...record.forms,
    shapes,
    form: Uint16Array.from(index, (i) => form[i]!),
    likeness: Float32Array.from(index, (i) => likeness[i]!),
  };
  const confidence = Float32Array.from(index, (i) => record.confidence[i]!);
  const handAt = Uint32Array.from(timeS.keys(), (i) => i % 2);
  const follows = new Uint8Array(timeS.length).fill(1, 1);
  const startMs = performance.now();
  familiesOf({
    program: { timeS, forms, confidence },
    beats: { timeS, beatClass, follows, handAt },
    acts: [],
  });
  const ms = performance.now() - startMs;
  return `${timeS.length} beats of it, every other settled: listed and judged again in ${ms.toFixed(0)} ms`;
}
