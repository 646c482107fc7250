import type { CaliperMark } from '../../shared/domain';
import { caliperLabel, caliperName, caliperValues } from '../../shared/domain/calipers';
import type { WordKey } from '../../shared/words';
import { useClock } from '../composables/useClock';
import { useRecording } from '../stores/recording';
import { pageWords, say, sayNumber } from '../words';
import { shownName } from '../../shared/domain/lead-layout';

/** Kinds of a mark in the order of their keys, 1 to 7, and what each is from and to. */
export const CALIPER_KINDS_SHOWN = [
  { kind: 'interval', about: 'marks.aboutInterval' },
  { kind: 'PR', about: 'marks.aboutPr' },
  { kind: 'QRS', about: 'marks.aboutQrs' },
  { kind: 'QT', about: 'marks.aboutQt' },
  { kind: 'RR', about: 'marks.aboutRr' },
  { kind: 'ST', about: 'marks.aboutSt' },
  { kind: 'march-out', about: 'marks.aboutMarchOut' },
] as const satisfies readonly { kind: CaliperMark['kind']; about: WordKey }[];

/** Marks in words, with the names of the leads and the times of the open recording. */
export function useCaliperWords() {
  const clock = useClock();
  const recording = useRecording();
  const leadName = ({ lead }: Pick<CaliperMark, 'lead'>): string => {
    const found = lead === null ? undefined : recording.info?.leads[lead];
    return found ? shownName({ lead: found }) : say('marks.allLeads');
  };
  const kindOf = (mark: Pick<CaliperMark, 'kind'>): string => caliperName(mark, pageWords());
  const mv = (value: number | null): string =>
    value === null ? say('marks.notRead') : say('marks.mv', { value: sayNumber(value, 2) });
  return {
    leadName,
    kindOf,
    labelOf: (mark: CaliperMark): string => caliperLabel(mark, pageWords()),
    valuesOf: (mark: CaliperMark): string[] => caliperValues(mark, pageWords()),
    /** The signal at both edges. */
    edgesOf: ({ startMv, endMv }: CaliperMark): string =>
      say('marks.both', { first: mv(startMv), second: mv(endMv) }),
    placeOf: (mark: CaliperMark): string => `${leadName(mark)}, ${clock.at(mark.startS, 1)}`,
    nameOf: (mark: CaliperMark): string =>
      say('marks.named', {
        kind: kindOf(mark),
        lead: leadName(mark),
        time: clock.at(mark.startS, 2),
      }),
  };
}
