import { createModels, type Models } from './analysis/models';
import { openRecording } from './formats/list';
import { createAdoptedModels } from './inference/adopted-models';
import type { Inference } from './inference/types';
import { entryPath } from './processes/entries';
import { createLocalInference } from './processes/local-inference';
import { createRecordingCache, type RecordingCache } from './recordings/recording-cache';
import type { AnswerSettings } from './settings/stored-settings';
import { createPool } from './workers/pool';
import type { Pool } from './workers/types';

/**
 * The face that keeps nothing: what doors take of core to open, detect, analyse, predict, compare, prepare and convert
 * without a store. What remembers is `service.ts`.
 */

/** What recordings are analysed with. Worker threads and the inference process start when one of them is first used. */
export interface Workbench {
  readonly pool: Pool;
  readonly inference: Inference;
  readonly models: Models;
  readonly recordings: RecordingCache;
  /** What makes a finding, and the model where none is named, as asked for anew. */
  settings(): AnswerSettings;
  /** Ends what was started. */
  close(): Promise<void>;
}

/**
 * @param modelsDir `resources/models`, or a folder of somebody's own
 * @param adoptedDir of networks that a person adopted, which are used instead of those; null for none
 * @param settings the reader's, which whoever remembers them knows; `OUR_SETTINGS` where none are to count
 * @param onCrash told when the inference process ended and is started again
 * @param pool threads that were started before, and are closed with the workbench
 */
export function createWorkbench(
  modelsDir: string,
  adoptedDir: string | null,
  settings: () => AnswerSettings,
  onCrash: (reason: string) => void,
  pool?: Pool,
): Workbench {
  let started: { readonly pool: Pool; readonly inference: Inference } | null = null;
  const start = () => {
    if (started) return started;
    const threads = pool ?? createPool({ entry: entryPath('worker'), lazy: true });
    started = { pool: threads, inference: createLocalInference(threads, onCrash) };
    return started;
  };
  const recordings = createRecordingCache(openRecording);
  return {
    models: createModels(
      modelsDir,
      () => settings().modelId,
      adoptedDir === null ? null : createAdoptedModels(adoptedDir),
    ),
    recordings,
    settings,
    get pool() {
      return start().pool;
    },
    get inference() {
      return start().inference;
    },
    async close() {
      await recordings.close();
      await started?.inference.close();
      await (started?.pool ?? pool)?.close();
    },
  };
}

export { predictionNameOf } from './queue/names';
export { openPredictionQueue } from './queue/prediction-queue';
export { OUR_SETTINGS } from './settings/stored-settings';

// Recordings: find, open, describe, write in another format.
export { statedPath, type Stated } from './base/stated-path';
export { chooseShiftWeeks } from './convert/anonymise';
export { convertRecording, outputNames } from './convert/convert-recording';
export { writeBytes, writeStaged } from './formats/shared/writing/staged-files';
export { annotationClock } from './recordings/annotation-clock';
export { findRecords } from './recordings/find-records';
export { useOnce } from './recordings/open-settled';
export { placesApart } from './recordings/places-apart';
export { recordingReport } from './recordings/recording-report';
export { stageUpload } from './recordings/stage-upload';
export { tileTask } from './traces/tile-task';

// Beats and analyses, and what is said of them.
export { analyseRecord } from './analysis/analyse-record';
export { modelKey, modelSha256 } from './inference/model-hash';
export { DISCLAIMER } from './analysis/app-handlers';
export { recordVerdict } from './analysis/record-verdict';
export { detectRecord } from './beats/detect-record';
export { fidAnnotations } from './beats/fid-annotations';
export { isAnnotatorName, writeAnnotationFile } from './beats/write-annotation-file';
export { findingsJson } from './findings/findings-json';
export { mainRhythm } from './findings/main-rhythm';
export { isFibrillation, reportedEpisodes } from './findings/rhythms';
export { resultRow } from './scan/scan-row';
export { teachingOf } from './findings/teaching';

export { modelAt } from './inference/load-models';

// Models against reference annotations, and the tensors that they are trained on.
export { markedAnnotators } from './evaluation/delineation/delineate-record';
export { delineationReport, delineationTable } from './evaluation/delineation/delineation-report';
export { compareModels } from './evaluation/compare-models';
export { comparisonText } from './evaluation/comparison-text';
export { annotatedBeats } from './evaluation/ec57-beats';
export { beatsReport, beatTable } from './evaluation/ec57-report';
export { evaluate } from './evaluation/evaluate';
export { htmlReport } from './evaluation/html-report';
export { explainBeatRecords, explainText } from './evaluation/overlays/beat-explain-report';
export { explainSegmentRecords, overlayText } from './evaluation/overlays/explain-report';
export { referenceWarnings } from './evaluation/reference-warnings';
export { parseRecordList, selectRecords } from './evaluation/select-records';
export { table, textReport } from './evaluation/text-report';
export { prepareBeatTensors } from './training-data/beat-prepare';
export { prepareSegments } from './training-data/segment-prepare';
export { prepareStrips } from './training-data/strip-prepare';
