import type { ReviewEdit, Told } from '../../shared/domain';
import { toldBy } from '../../shared/domain/said';

/** What an edit has to agree with. */
export interface EditedSignal {
  readonly segments: number;
  readonly durationS: number;
}

/** What is computed by whole seconds, as signal quality, may end within the second that the recording ends in. */
const SLACK_S = 1;

/**
 * Whether an edit is about things that can be there: segments of the analysis, times within the recording, ends after
 * starts. Whether a beat or a finding is there depends on the edits before, and is not looked at.
 * @returns null, or which field holds what it cannot, as a sentence without its subject and full stop:
 *   `segments: segment 7 does not exist; this analysis has 5`
 */
export function wrongInEdit(edit: ReviewEdit, about: EditedSignal): Told | null {
  switch (edit.kind) {
    case 'decide-segments': {
      const unknown = edit.segments.find((index) => index >= about.segments);
      return unknown === undefined
        ? null
        : toldBy('files.editSegment', { n: unknown, has: about.segments });
    }
    case 'decide-findings':
      return firstOf(edit.findings, (one, i) => wrongSpan(`findings.${i}`, one, about));
    case 'set-caliper':
      return edit.mark && wrongSpan('mark', edit.mark, about);
    case 'move-fiducial':
      return wrongSpan('', edit, about);
    case 'edit-report':
      return firstOf(edit.report.strips ?? [], (one, i) =>
        wrongSpan(`report.strips.${i}`, one, about),
      );
    case 'sign-report':
    case 'second-read':
      return null;
    case 'move-beat':
      return wrongTime('timeS', edit.timeS, about) ?? wrongTime('toTimeS', edit.toTimeS, about);
    case 'add-beat':
    case 'reclass-beat':
    case 'delete-beat':
      return wrongTime('timeS', edit.timeS, about);
    default:
      return firstOf(edit.timesS, (timeS, i) => wrongTime(`timesS.${i}`, timeS, about));
  }
}

function wrongTime(field: string, timeS: number, { durationS }: EditedSignal): Told | null {
  return timeS >= 0 && timeS <= durationS
    ? null
    : toldBy('files.editOutside', { field, timeS, durationS });
}

function wrongSpan(
  field: string,
  { startS, endS }: { readonly startS: number; readonly endS: number },
  { durationS }: EditedSignal,
): Told | null {
  const at = (name: string): string => (field === '' ? name : `${field}.${name}`);
  if (startS < 0 || startS > durationS)
    return wrongTime(at('startS'), startS, { segments: 0, durationS });
  if (endS > durationS + SLACK_S) return wrongTime(at('endS'), endS, { segments: 0, durationS });
  return endS < startS ? toldBy('files.editEnds', { field: at('endS'), endS, startS }) : null;
}

function firstOf<T>(
  list: readonly T[],
  wrong: (one: T, index: number) => Told | null,
): Told | null {
  for (const [i, one] of list.entries()) {
    const found = wrong(one, i);
    if (found !== null) return found;
  }
  return null;
}
