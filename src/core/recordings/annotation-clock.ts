import type { OpenRecording } from '../formats/open-recording';
import { leadsOf } from './recording-info';

/** How annotations of a recording are counted when they are written. */
export interface AnnotationClock {
  readonly rateHz: number;
  /** Length of the recording in these samples; nothing is placed beyond it. */
  readonly samples: number;
  /** What an annotation file has to state: null where its reader takes the same rate from the recording. */
  readonly timeResolutionHz: number | null;
}

/**
 * Annotations count in samples of the first ECG lead: a WFDB record may have a frame a second with the whole second's
 * samples in it, and beats would fall on whole seconds.
 */
export function annotationClock(recording: OpenRecording): AnnotationClock {
  const leads = leadsOf(recording);
  const lead = leads.find(({ isEcg }) => isEcg) ?? leads[0];
  const rateHz = lead?.samplingRateHz ?? 1;
  return {
    rateHz,
    samples: lead ? recording.leads[lead.index]!.samples : 0,
    timeResolutionHz: rateHz === recording.annotationRateHz ? null : rateHz,
  };
}
