import { Command } from 'commander';
import type { Service } from '../../core/service';
import { ok, type Intervals, type Measurements, type Result } from '../../shared/domain';
import { withAnalysisOptions, type AnalysisOptions } from '../lib/analysis-options';
import { fail } from '../lib/fail';
import { interruptible } from '../lib/interrupt';
import { secondsFrom } from '../lib/options';
import { admitOne, analyse, withService } from '../lib/with-service';

interface Options extends AnalysisOptions {
  json?: boolean;
  model?: string;
  from?: number;
  to?: number;
}

/** `fiducial measure RECORD`: the averaged beat of a stretch, its marks and intervals. Measured, not interpreted. */
export function measureCommand(): Command {
  return withAnalysisOptions(
    new Command('measure')
      .description(
        'print rate, PR, QRS, QT, QTc, axis and ST of the averaged beat; not interpreted',
      )
      .argument('<record>', 'a recording')
      .option('--from <seconds>', 'start of the stretch (default: 0)', secondsFrom('--from'))
      .option(
        '--to <seconds>',
        'its end (default: the end, or a minute later)',
        secondsFrom('--to'),
      )
      .option('--json', 'print everything as JSON, with the averaged beat of every lead')
      .option('--model <id>', 'model to use (default: as in the settings)')
      .action(async (record: string, options: Options) => {
        const answer = await interruptible((signal) =>
          withService((service) => measured(service, record, options, signal)),
        );
        if (!answer.ok) {
          process.exitCode = fail(answer.error);
          return;
        }
        console.log(
          options.json ? JSON.stringify(jsonOf(answer.value)) : textOf(answer.value.measured),
        );
      }),
  );
}

interface Answer {
  readonly record: string;
  readonly measured: Measurements;
}

async function measured(
  service: Service,
  path: string,
  options: Options,
  signal: AbortSignal,
): Promise<Result<Answer>> {
  const { from, to } = options;
  const { handlers } = service;
  const entry = await admitOne(service, path, options);
  if (!entry.ok) return entry;
  const { recordingId, name } = entry.value;
  const info = await handlers['recordings.open']({ recordingId }, { signal });
  if (!info.ok) return info;
  const status = await analyse(service, entry.value, options, signal);
  if (!status.ok) return status;
  const { analysisId } = status.value;
  const stretch = {
    ...(from === undefined ? {} : { startS: from }),
    ...(to === undefined ? {} : { endS: to }),
  };
  const answer = await handlers['analysis.measurements']({ analysisId, ...stretch }, { signal });
  return answer.ok ? ok({ record: name, measured: answer.value }) : answer;
}

/** Times in milliseconds from the R peak, values in mV. */
function jsonOf({ record, measured: { beat, ...rest } }: Answer): unknown {
  return {
    record,
    ...rest,
    interpreted: false,
    beat: beat && {
      ...beat,
      leads: beat.leads.map((lead) => ({ ...lead, valuesMv: [...lead.valuesMv] })),
    },
  };
}

const ROWS: readonly [keyof Intervals, string, string][] = [
  ['rateBpm', 'rate', 'bpm'],
  ['rrMs', 'mean RR', 'ms'],
  ['pMs', 'P', 'ms'],
  ['prMs', 'PR', 'ms'],
  ['qrsMs', 'QRS', 'ms'],
  ['qtMs', 'QT', 'ms'],
  ['qtcBazettMs', 'QTc Bazett', 'ms'],
  ['qtcFridericiaMs', 'QTc Fridericia', 'ms'],
  ['qrsAxisDeg', 'QRS axis', 'degrees'],
];

function textOf({ startS, endS, beat, missing, intervals, moved }: Measurements): string {
  const rows = ROWS.map(([key, title, unit]) => {
    const value = intervals[key];
    return `${title.padEnd(15)} ${value === null ? '-' : `${value.toFixed(0)} ${unit}`}`;
  });
  const st = beat?.leads.map(
    ({ name, st60Mv }) => `${name} ${st60Mv === null ? '-' : st60Mv.toFixed(2)}`,
  );
  return [
    `${startS} to ${endS.toFixed(1)} s, ${beat ? `${beat.beats} of ${beat.of} normal beats averaged` : missing}`,
    ...rows,
    ...(st ? [`ST, J + 60 ms, mV: ${st.join(', ')}`] : []),
    ...(moved.length > 0 ? [`${moved.length} marks moved by hand`] : []),
    'Measured, not interpreted.',
  ].join('\n');
}
