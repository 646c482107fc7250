import type { Err } from '../../shared/domain';
import { errSaid, toldBy, toldList } from '../../shared/domain/said';
import type { OpenRecording } from '../formats/open-recording';
import { leadsOf } from './recording-info';

/** Signals that are named: a polysomnogram has dozens. */
const MOST_NAMED = 6;

/** Why nothing of a recording can be judged: what its signals are called and measured in tells what is amiss. */
export function noEcgLead(recording: OpenRecording): Err {
  const { name } = recording;
  const leads = leadsOf(recording);
  if (leads.length === 0) return errSaid('unsupported', 'failures.noSignals', { name });
  const told = leads.slice(0, MOST_NAMED).map(({ name: signal, units: unit }) => {
    if (unit.trim() === '') return toldBy('failures.signalWithoutUnit', { signal });
    return toldBy('failures.signalInUnit', { signal, unit });
  });
  const rest = leads.length - told.length;
  const more = rest > 0 ? [toldBy('failures.moreSignals', { n: rest })] : [];
  return errSaid('unsupported', 'failures.noEcgLead', {
    name,
    signals: toldList([...told, ...more]),
  });
}
