import { Command } from 'commander';
import { mainRhythm } from '../../core/workbench';
import type { Service } from '../../core/service';
import {
  formatDuration,
  ok,
  pauseLength,
  rateInWords,
  segmentsOfColumns,
  type Finding,
  type FindingThresholds,
  type Result,
} from '../../shared/domain';
import { overBeats } from '../../shared/domain/rate-words';
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

function textOf(answer: Answer): string {
  const { record, heartRate, counts, findings, thresholds, analysableS } = answer;
  const bpm = (value: number, limit: number): string => english.numberBeside(value, 0, [limit]);
  const rate = heartRate
    ? `${heartRate.meanBpm.toFixed(0)} bpm, ${bpm(heartRate.lowest.bpm, thresholds.bradycardiaBpm)} to ${bpm(heartRate.highest.bpm, thresholds.tachycardiaBpm)} over ${overBeats(heartRate)}, longest RR ${(heartRate.longestRr.ms / 1000).toFixed(2)} s`
    : 'no heart rate';
  const { total, V, S } = counts.beats;
  const nothing =
    analysableS === 0
      ? 'Nothing could be read, so nothing was judged.'
      : counts.judged.segments === false
        ? english.say('reportConclusion.noVerdict')
        : !counts.judged.beats
          ? english.say('reportConclusion.noBeat', { readable: formatDuration(analysableS) })
          : 'No arrhythmia flagged. ST, QT, conduction and pacing are not judged.';
  return [
    `${record}: ${analysableS.toFixed(0)} s analysable, ${rate}`,
    counts.judged.beats
      ? `${total} beats, ${V} V, ${S} S`
      : 'Beats, pauses and atrial fibrillation are not judged.',
    ...(findings.length === 0 ? [nothing] : findings.map((one) => lineOf(one, thresholds))),
  ].join('\n');
}

function lineOf(finding: Finding, thresholds: FindingThresholds): string {
  const { kind, startS, beats, rateBpm, qrsMs, state } = finding;
  const width = qrsMs === undefined ? '' : `, QRS ${qrsMs} ms measured`;
  const measure = beats > 0 ? `${beats} beats` : lengthOf(finding, thresholds);
  const rate = rateBpm === null ? '' : `, ${rateInWords(finding, thresholds)}`;
  return `${startS.toFixed(2).padStart(10)} s  ${kind}, ${measure}${rate}${width}${state === 'open' ? '' : `, ${state}`}`;
}

function lengthOf({ kind, durationS }: Finding, thresholds: FindingThresholds): string {
  const isPause = kind === 'pause' || kind === 'asystole';
  return isPause ? pauseLength(durationS, thresholds, english, 1) : `${durationS.toFixed(1)} s`;
}
