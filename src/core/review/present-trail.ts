import type { Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import type { Trail } from './trail';

/**
 * The trail to which nothing is added of a reading that is not the present one of its recording: a review would go on where
 * nobody who opens the recording sees it. Every line of a door that writes comes through here.
 * @param isPresent whether an analysis is the present reading; true for one that is unknown
 * @returns the same trail, whose changes are `conflict` for an earlier reading
 */
export function trailOfPresent(trail: Trail, isPresent: (analysisId: string) => boolean): Trail {
  const onPresent =
    <Given extends unknown[]>(write: (analysisId: string, ...given: Given) => Result<void>) =>
    (analysisId: string, ...given: Given): Result<void> =>
      isPresent(analysisId)
        ? write(analysisId, ...given)
        : errSaid('conflict', 'failures.earlierReading');
  return {
    events: trail.events,
    follow: trail.follow,
    standing: trail.standing,
    edit: onPresent(trail.edit),
    editAsSecond: onPresent(trail.editAsSecond),
    undo: onPresent(trail.undo),
    redo: onPresent(trail.redo),
    adopt: onPresent(trail.adopt),
    join: onPresent(trail.join),
  };
}
