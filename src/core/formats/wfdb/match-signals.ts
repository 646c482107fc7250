import {
  millivoltsPerUnit,
  ok,
  type Result,
  type Told,
  type Warning,
} from '../../../shared/domain';
import { errSaid, toldBy, toldList, warningSaid, withDetails } from '../../../shared/domain/said';
import type { SegmentChannel } from './multi-source';
import type { SignalSpec } from './types';

/** For each signal of the record where a segment has it, null where it has it not; and what is odd about that. */
export interface MatchedSignals {
  readonly channels: readonly (SegmentChannel | null)[];
  readonly warnings: readonly Warning[];
}

/**
 * Finds the signals of a record in one of its segments: by name in a variable layout and, in a fixed one, by their place
 * (header(5)), unless the segment has the same names in another order. A scale in another unit of voltage becomes one in
 * the record's.
 * @param segment name of the segment, for messages
 */
export function matchSignals(
  signals: readonly SignalSpec[],
  own: readonly SignalSpec[],
  variable: boolean,
  segment: string,
): Result<MatchedSignals> {
  if (!variable && own.length !== signals.length) {
    return withDetails(
      errSaid('bad-header', 'files.segmentSignals', {
        name: segment,
        own: own.length,
        first: signals.length,
      }),
      { field: 'number of signals' },
    );
  }
  const warnings: Warning[] = [];
  const byName = variable || isReordered(signals, own);
  if (byName && !variable) {
    warnings.push(warningSaid('segment-order', 'warnings.segmentOrder', { segment }));
  }
  const channels: (SegmentChannel | null)[] = [];
  for (const signal of signals) {
    const found = byName ? namesake(signals, own, signal) : own[signal.index];
    if (found && found.samplesPerFrame !== signal.samplesPerFrame) {
      return withDetails(
        errSaid('bad-header', 'files.segmentFrames', {
          name: segment,
          own: found.samplesPerFrame,
          signal: nameOf(signal),
          record: signal.samplesPerFrame,
        }),
        { field: 'samplesPerFrame' },
      );
    }
    if (found && found.description !== signal.description) {
      const names = { segment, own: nameOf(found), signal: nameOf(signal) };
      warnings.push(warningSaid('segment-name', 'warnings.segmentName', names));
    }
    const spec = found && inUnitOf(signal, found);
    if (found && !spec) {
      const units = { segment, signal: nameOf(signal), own: found.units, unit: signal.units };
      warnings.push(warningSaid('segment-unit', 'warnings.segmentUnit', units));
    }
    channels.push(found && spec ? { index: found.index, spec } : null);
  }
  const used = new Set(channels.map((channel) => channel?.index));
  const listed = new Set(signals.map(({ description }) => description));
  const extra = own.filter(
    ({ index, description }) => !used.has(index) && !listed.has(description),
  );
  if (extra.length > 0) {
    const names = toldList(extra.map(nameOf));
    warnings.push(warningSaid('segment-extra', 'warnings.segmentExtra', { segment, names }));
  }
  return ok({ channels, warnings });
}

/** Whether a segment has the names of the record, each once, in another order. */
function isReordered(signals: readonly SignalSpec[], own: readonly SignalSpec[]): boolean {
  const [names, others] = [signals, own].map((specs) =>
    specs.map(({ description }) => description),
  );
  return (
    new Set(names).size === signals.length &&
    names!.some((name, k) => name !== others![k]) &&
    names!.every((name) => others!.includes(name))
  );
}

/** The signal of the same name; where several have it the first is the first, and so on. */
function namesake(
  signals: readonly SignalSpec[],
  own: readonly SignalSpec[],
  { index, description }: SignalSpec,
): SignalSpec | undefined {
  const before = signals.filter((one) => one.index < index && one.description === description);
  return own.filter((one) => one.description === description)[before.length];
}

/** A segment's scale in the unit of the record; null where one of two units is no voltage. */
function inUnitOf(signal: SignalSpec, own: SignalSpec): SignalSpec | null {
  if (own.units.toLowerCase() === signal.units.toLowerCase()) return own;
  const [from, to] = [own.units, signal.units].map(millivoltsPerUnit);
  if (!from || !to) return null;
  return { ...own, units: signal.units, gainAduPerUnit: own.gainAduPerUnit / (from / to) };
}

const nameOf = ({ description, index }: SignalSpec): string | Told =>
  description || toldBy('files.signalNumber', { n: index });
