import { ok, type Result, type Warning } from '../../../shared/domain';
import { toldBy, toldList, warningSaid } from '../../../shared/domain/said';
import type { OpenOptions } from '../format';
import { filtersOfText } from '../shared/filter-text';
import type { FrameColumn } from '../shared/framed-file';
import { INT16, INT24 } from '../shared/integer-codes';
import type { IntegerStore, LeadSource } from '../shared/lead-source';
import { derivation } from '../shared/limb-leads';
import type { EdfHeader, EdfScale, EdfSignal } from './header';
import { needsOption } from '../shared/needs-option';
import { sampleStretchesOf, type Timeline } from './timeline';

/** Before how a lead was derived, in the field of what it was measured with. */
export const DERIVED = 'derived: ';

const derivationOf = ({ transducer }: EdfSignal) =>
  derivation(transducer.startsWith(DERIVED) ? transducer.slice(DERIVED.length) : null);

/** The signals that hold samples. */
function sampleSignals(header: EdfHeader): EdfSignal[] {
  return header.signals.filter((s) => !s.annotations && s.samplesPerRecord > 0);
}

/**
 * Seconds of a data record. 0 is for files of annotations alone; with samples the rate must then be stated, that of the
 * first signal.
 * @returns `needs-option`
 */
export function recordDuration(
  header: EdfHeader,
  fileName: string,
  { samplingRateHz }: OpenOptions,
): Result<number> {
  const [first] = sampleSignals(header);
  if (header.recordDurationS > 0 || !first) return ok(header.recordDurationS);
  if (samplingRateHz && samplingRateHz > 0) return ok(first.samplesPerRecord / samplingRateHz);
  return needsOption(fileName, ['samplingRateHz']);
}

/** Every signal that holds samples as a lead of its own rate, its samples where the data records lie in time. */
export function edfLeads(
  header: EdfHeader,
  recordDurationS: number,
  timeline: Timeline,
  options: OpenOptions,
  open: (column: FrameColumn) => IntegerStore,
): LeadSource[] {
  const code = header.sampleBytes === 3 ? INT24 : INT16;
  return sampleSignals(header).map((signal): LeadSource => {
    const { samplesPerRecord, byteInRecord } = signal;
    const samplingRateHz = withoutRounding(samplesPerRecord / recordDurationS);
    const stretches = sampleStretchesOf(timeline, samplesPerRecord, samplingRateHz);
    const { start, samples } = stretches.at(-1)!;
    const stated = options.gainAduPerMv;
    const unscaled: EdfScale = { gainAduPerUnit: stated ?? 1, baselineAdu: 0 };
    const filters = filtersOfText(signal.prefilter);
    return {
      lead: {
        name: signal.label,
        units: signal.scale ? signal.units : stated ? 'mV' : 'ADU',
        samplingRateHz,
        samples: start + samples,
        ...(signal.scale ?? unscaled),
        gainAssumed: signal.scale === null,
        adcResolutionBits: code.bits,
        ...derivationOf(signal),
        ...(filters ? { filters } : {}),
      },
      store: open({ byteInFrame: byteInRecord, samplesPerFrame: samplesPerRecord, code }),
      stretches,
    };
  });
}

/** 1 / 0.00125 s and the like, when binary fractions miss a whole number of Hz by a hair. */
function withoutRounding(rateHz: number): number {
  const whole = Math.round(rateHz);
  return Math.abs(rateHz - whole) < 1e-9 * rateHz ? whole : rateHz;
}

/** What is odd about signals. */
export function leadWarnings(header: EdfHeader, fileName: string): Warning[] {
  const warnings: Warning[] = [];
  const tell = (
    code: string,
    key: `warnings.edf${'EmptySignal' | 'NoScale' | 'UnknownUnit'}`,
    signals: readonly EdfSignal[],
  ): void => {
    if (signals.length === 0) return;
    const labels = [...new Set(signals.map(({ label }) => label))];
    const names = toldList(labels.map((label) => label || toldBy('warnings.noLabel')));
    warnings.push(warningSaid(code, key, { file: fileName, names }));
  };
  const leads = sampleSignals(header);
  tell(
    'empty-signal',
    'warnings.edfEmptySignal',
    header.signals.filter((s) => !s.annotations && s.samplesPerRecord === 0),
  );
  tell(
    'no-scale',
    'warnings.edfNoScale',
    leads.filter(({ scale }) => scale === null),
  );
  tell(
    'unknown-unit',
    'warnings.edfUnknownUnit',
    leads.filter(({ units }) => /^[^a-z\u00b5]V$/i.test(units)),
  );
  return warnings;
}

/** What the header says of electrodes, and of filters in words that name none. */
export function leadComments(header: EdfHeader): string[] {
  const leads = sampleSignals(header);
  const byText = (title: string, textOf: (signal: EdfSignal) => string): string[] => {
    const texts = [...new Set(leads.map(textOf))].filter((text) => text !== '');
    return texts.map((text) => {
      const names = leads.filter((lead) => textOf(lead) === text).map(({ label }) => label);
      return `${title}: ${text}${names.length === leads.length ? '' : ` (${names.join(', ')})`}`;
    });
  };
  return [
    ...byText('Transducer', (signal) =>
      derivationOf(signal).derivedFrom ? '' : signal.transducer,
    ),
    ...byText('Prefiltering', ({ prefilter }) => (filtersOfText(prefilter) ? '' : prefilter)),
  ];
}
