import type { ReviewEdit, Segment } from '../../shared/domain';
import { caliperName } from '../../shared/domain/calipers';
import { kindShort } from '../findings/kinds';
import { decisionWord, verdictName } from '../panels/verdict-words';
import { pageWords, say, sayNumber } from '../words';
import { sayFamily } from '../words/family-name';

/** What an edit is about. */
export interface EditPlace {
  readonly segments: readonly Segment[];
  /** What an edit is about is hidden from a reader who decides first. */
  hides?(edit: ReviewEdit): boolean;
  /** A time as the open recording shows it. */
  at(timeS: number, decimals?: number): string;
}

/** What beats were taken together as: a form by its name, what was chosen on the paper has none. */
const familyOf = ({ family }: { readonly family: string }): string =>
  sayFamily(family) || say('hand.family');
const noted = (note: string): string =>
  note === '' ? '' : `, ${say('reportEnd.quoted', { words: note })}`;
const andMore = (count: number): string =>
  count > 1 ? say('history.andMore', { n: count - 1 }) : '';

/** What an edit did, in the reader's words. */
export function editInWords(edit: ReviewEdit, { segments, at, hides }: EditPlace): string {
  const blind = 'blind' in edit && edit.blind ? say('blind.trail') : '';
  switch (edit.kind) {
    case 'decide-segments': {
      const first = segments.find((s) => s.index === edit.segments[0]);
      const where = !first
        ? say('history.segment', { n: (edit.segments[0] ?? 0) + 1 })
        : hides?.(edit)
          ? say('blind.hiddenAt', { at: at(first.startS) })
          : say('history.verdictAt', { verdict: verdictName(first.verdict), at: at(first.startS) });
      const said = `${decisionWord(edit.decision)}${noted(edit.note)}${blind}`;
      return `${where}${andMore(edit.segments.length)}: ${said}`;
    }
    case 'decide-findings': {
      const [first] = edit.findings;
      const where = !first
        ? ''
        : hides?.(edit)
          ? say('blind.hiddenAt', { at: at(first.startS) })
          : say('history.kindAt', { kind: kindShort(first.kind), at: at(first.startS) });
      const as = edit.rejectedAs ? say('history.rejectedAs', { as: edit.rejectedAs }) : '';
      const said = `${say(`verdicts.finding_${edit.decision}`)}${as}${noted(edit.note)}${blind}`;
      return `${where}${andMore(edit.findings.length)}: ${said}`;
    }
    case 'relabel-beats':
      return say('history.familyIs', {
        n: edit.timesS.length,
        family: familyOf(edit),
        beatClass: edit.beatClass,
      });
    case 'see-beats':
      return say('history.familySeen', { n: edit.timesS.length, family: familyOf(edit) });
    case 'form-beats': {
      const as =
        edit.beatClass === null ? '' : say('history.ofClass', { beatClass: edit.beatClass });
      return say('history.oneForm', { n: edit.timesS.length, family: familyOf(edit), as });
    }
    case 'delete-beats':
      return say('history.familyDeleted', { n: edit.timesS.length, family: familyOf(edit) });
    case 'reclass-beat':
      return say('history.beatIs', { at: at(edit.timeS, 2), beatClass: edit.beatClass });
    case 'add-beat':
      return say('history.beatAdded', { at: at(edit.timeS, 2), beatClass: edit.beatClass });
    case 'delete-beat':
      return say('history.beatDeleted', { at: at(edit.timeS, 2) });
    case 'move-beat':
      return say('history.beatMoved', { from: at(edit.timeS, 2), to: at(edit.toTimeS, 2) });
    case 'move-fiducial': {
      const fiducial = say(`measure.mark_${edit.fiducial}`);
      return edit.atMs === null
        ? say('history.fiducialAbsent', { fiducial })
        : say('history.fiducialMoved', { fiducial, ms: sayNumber(edit.atMs) });
    }
    case 'set-caliper':
      return edit.mark
        ? say('history.measured', {
            kind: caliperName(edit.mark, pageWords()),
            at: at(edit.mark.startS, 2),
          })
        : say('history.markRemoved');
    case 'edit-report':
      return say('history.reportChanged', {
        what: Object.keys(edit.report)
          .map((name) => say(`history.report_${name as keyof typeof edit.report}`))
          .join(', '),
      });
    case 'second-read':
      if (edit.step === 'begin') return say('reads.stepBegun');
      if (edit.step === 'finish') return say('reads.stepFinished');
      return say('reads.stepCompared', { reader: edit.second || say('reads.noName') });
    case 'sign-report':
      return edit.signature.version === 1
        ? say('history.reportSigned')
        : say('history.reportAmended', { n: edit.signature.version - 1 });
  }
}
