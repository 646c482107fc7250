import type { BlindAnswer } from '../../shared/domain';
import type { Entry, TrackedAct } from './acts';

/** Whether what was decided was said before the program's word was shown. */
export function isBlind({ edit }: Pick<TrackedAct, 'edit'>): boolean {
  return 'blind' in edit && edit.blind === true;
}

/** What a reader said before the program's word was shown, beside that word; null where nobody did. */
export function blindWord(blind: BlindAnswer | undefined): 'agrees' | 'differs' | 'unsure' | null {
  if (!blind) return null;
  if (blind.agrees === null) return 'unsure';
  return blind.agrees ? 'agrees' : 'differs';
}

/** What was said blind of one thing, whatever was decided of it since. */
export function blindOf(entries: readonly Entry[] = []): { blind?: BlindAnswer } {
  const act = entries.findLast(
    (entry) => entry.act.state === 'in-force' && isBlind(entry.act),
  )?.act;
  if (!act || !('decision' in act.edit)) return {};
  const { decision } = act.edit;
  const agrees = decision === 'agree' || decision === 'confirm';
  return { blind: { agrees: decision === 'unsure' ? null : agrees, reader: act.reader } };
}
