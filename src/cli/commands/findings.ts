import { Command } from 'commander';
import { mainRhythm } from '../../core/workbench';
import type { Service } from '../../core/service';
import { ok, segmentsOfColumns, type Finding, type Result } from '../../shared/domain';
import { withAnalysisOptions, type AnalysisOptions } from '../lib/analysis-options';
import { english } from '../../shared/words';
import { fail } from '../lib/fail';
import { interruptible } from '../lib/interrupt';
import { admitOne, analyse, withService } from '../lib/with-service';

interface Options extends AnalysisOptions {
  json?: boolean;
  model?: string;
}

/** `fiducial findings RECORD`: what was found, after the reader's decisions and corrections. */
export function findingsCommand(): Command {
  return withAnalysisOptions(
    new Command('findings')
      .description(
        'print what was found in a recording, most urgent first, with heart rate and HRV',
      )
      .argument('<record>', 'a recording')
      .option('--json', 'print everything as JSON')
      .option('--model <id>', 'model to use (default: as in the settings)')
      .action(async (record: string, options: Options) => {
        const answer = await interruptible((signal) =>
          withService((service) => findingsOf(service, record, options, signal)),
        );
        if (!answer.ok) {
          process.exitCode = fail(answer.error);
          return;
        }
        console.log(options.json ? JSON.stringify(answer.value) : textOf(answer.value));
      }),
  );
}

async function findingsOf(service: Service, path: string, options: Options, signal: AbortSignal) {
  const { handlers } = service;
  const entry = await admitOne(service, path, options);
  if (!entry.ok) return entry;
  const { recordingId, name } = entry.value;
  const info = await handlers['recordings.open']({ recordingId }, { signal });
  if (!info.ok) return info;
  const status = await analyse(service, entry.value, options, signal);
  if (!status.ok) return status;
  const { analysisId } = status.value;
  const found = await handlers['analysis.findings']({ analysisId }, { signal });
  if (!found.ok) return found;
  const judged = await handlers['analysis.segments']({ analysisId }, { signal });
  if (!judged.ok) return judged;
  const { findings, counts, heartRate, hrv, hours, leads, analysableS, thresholds } = found.value;
  return ok({
    record: name,
    durationS: info.value.durationS,
    analysableS,
    leads,
    rhythm: mainRhythm(found.value, segmentsOfColumns(judged.value.segments)),
    heartRate,
    hrv,
    counts,
    findings,
    hours,
    thresholds,
  });
}

type Answer = Awaited<ReturnType<typeof findingsOf>> extends Result<infer T> ? T : never;

function textOf({ record, heartRate, counts, findings, analysableS }: Answer): string {
  const bpm = (value: number): string => value.toFixed(0);
  const rate = heartRate
    ? `${bpm(heartRate.meanBpm)} bpm, ${bpm(heartRate.lowest.bpm)} to ${bpm(heartRate.highest.bpm)} over 8 beats, longest RR ${(heartRate.longestRr.ms / 1000).toFixed(2)} s`
    : 'no heart rate';
  const { total, V, S } = counts.beats;
  const nothing =
    analysableS === 0
      ? 'Nothing could be read, so nothing was judged.'
      : counts.judged.segments === false
        ? english.say('reportConclusion.noVerdict')
        : 'No arrhythmia flagged. ST, QT, conduction and pacing are not judged.';
  return [
    `${record}: ${analysableS.toFixed(0)} s analysable, ${rate}`,
    counts.judged.beats
      ? `${total} beats, ${V} V, ${S} S`
      : 'Beats, pauses and atrial fibrillation are not judged.',
    ...(findings.length === 0 ? [nothing] : findings.map(lineOf)),
  ].join('\n');
}

function lineOf({ kind, startS, durationS, beats, rateBpm, qrsMs, state }: Finding): string {
  const width = qrsMs === undefined ? '' : `, QRS ${qrsMs} ms measured`;
  const measure = beats > 0 ? `${beats} beats` : `${durationS.toFixed(1)} s`;
  const rate = rateBpm === null ? '' : `, ${rateBpm.toFixed(0)} bpm`;
  return `${startS.toFixed(2).padStart(10)} s  ${kind}, ${measure}${rate}${width}${state === 'open' ? '' : `, ${state}`}`;
}
