import type { Segment } from '../../shared/domain';

/**
 * What is said where no second of what was found could be read. Verdicts of segments come as they are made, what they
 * are found to make a moment later: what is said meanwhile goes with the verdicts that stand beside it.
 * @param soFar the analysis is still at work
 */
export function nothingReadWord(
  soFar: boolean,
  segments: readonly Pick<Segment, 'verdict'>[],
): 'events.nothingRead' | 'events.nothingReadYet' | 'events.nothingReadSoFar' | 'events.looking' {
  if (!soFar) return 'events.nothingRead';
  if (segments.length === 0) return 'events.nothingReadYet';
  const isRead = segments.some(({ verdict }) => verdict !== 'Unreadable');
  return isRead ? 'events.looking' : 'events.nothingReadSoFar';
}
