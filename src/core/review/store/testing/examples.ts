import { recordingIdOf } from '../../../base/recording-id';
import type { StoredAnalysis, StoredRecording } from '../types';

/** A recording `/records/NAME.hea` as the store keeps it. */
export function exampleRecording(name: string): StoredRecording {
  const path = `/records/${name}.hea`;
  return {
    recordingId: recordingIdOf(path),
    path,
    name,
    folder: 'records',
    synthetic: false,
    fingerprint: 'f',
    contentHash: `content-${name}`,
    openedAtMs: 12,
    listed: true,
  };
}

/** An analysis of `content-ID` with a flagged segment, one that is not, and a few beats. */
export function exampleAnalysis(analysisId: string, beats = 2): StoredAnalysis {
  const segment = { probability: 0.9, reason: null, refer: false };
  return {
    analysisId,
    key: { contentHash: `content-${analysisId}`, modelSha256: 'm', parameters: '{}' },
    modelId: 'attention-cnn',
    status: {
      analysisId,
      recordingId: recordingIdOf(`/records/${analysisId}.hea`),
      modelId: 'attention-cnn',
      state: 'done',
      segmentsDone: 2,
      segmentsTotal: 2,
      elapsedS: 1,
      remainingS: 0,
      lead: 'MLII',
      threshold: 0.4,
      provider: 'cpu',
      message: null,
    },
    result: {
      segments: [
        { ...segment, index: 0, startS: 0, endS: 10, verdict: 'Abnormal' },
        { ...segment, index: 1, startS: 5, endS: 15, verdict: 'Normal' },
      ],
      beats: {
        timeS: Float64Array.from({ length: beats }, (_, i) => 0.5 + i),
        beatClass: new Uint8Array(beats),
        confidence: new Float32Array(beats).fill(0.5),
        attention: new Float32Array(beats).fill(0.25),
      },
      episodes: [{ startS: 1, endS: 9, rhythm: '(AFIB', probability: 0.8 }],
    },
  };
}
