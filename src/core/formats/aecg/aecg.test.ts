import { describe, expect, it } from 'vitest';
import { openBytes, tryOpen, valuesOf } from '../shared/testing/open-bytes';
import { aecgFormat } from './index';

const lead = (name: string, digits: string, scale = '<scale value="2.5" unit="uV"/>') => `
  <component><sequence><code code="MDC_ECG_LEAD_${name}"/>
  <value><origin value="0" unit="uV"/>${scale}<digits>${digits}</digits></value></sequence></component>`;
const time = (head: string, increment = '<increment value="4" unit="ms"/>') => `
  <component><sequence><code code="TIME_ABSOLUTE"/>
  <value><head value="${head}"/>${increment}</value></sequence></component>`;
const set = (...parts: readonly string[]) =>
  `<component><sequenceSet>${parts.join('')}</sequenceSet></component>`;
const document = (series: string, before = '') =>
  `<h:AnnotatedECG xmlns:h="urn:hl7-org:v3">${before}<component><series><code code="RHYTHM"/>${series}</series></component></h:AnnotatedECG>`;

describe('HL7 aECG', () => {
  it('adds the origin in its own unit, and takes names, rate and start from codes', async () => {
    const scale = '<scale value="0.01" unit="mV"/>';
    const sequence = lead('AVR', '-2 x 3', scale).replace(
      'value="0" unit="uV"',
      'value="-1500" unit="uV"',
    );
    const recording = await openBytes(
      aecgFormat,
      document(set(time('20240229235959.250+0100'), sequence)),
    );
    expect(recording.startClock).toBe('2024-02-29T23:59:59.250');
    expect(recording.leads[0]).toMatchObject({
      name: 'aVR',
      leadCode: 62,
      units: 'mV',
      samplingRateHz: 250,
      gainAduPerUnit: 100,
      baselineAdu: 150,
    });
    const values = await valuesOf(recording, 0);
    expect(values[0]).toBeCloseTo(-1.52, 12);
    expect(values[1]).toBeNaN();
    expect(values[2]).toBeCloseTo(-1.47, 12);
  });

  it.each([
    ['value="1000" unit="µV"', [1002.5, 1005], 0],
    ['value="1" unit="MV"', [1002.5, 1005], 0],
    ['value="1,5" unit="mV"', [2.5, 5], 1],
    ['value="7" unit="1"', [2.5, 5], 1],
    ['value="0" unit="?"', [2.5, 5], 0],
  ])(
    'has an origin in any unit, or says that it left it out: %s',
    async (origin, values, warned) => {
      const sequence = lead('II', '1 2').replace('value="0" unit="uV"', origin);
      const recording = await openBytes(aecgFormat, document(set(time('20240101'), sequence)));
      expect(await valuesOf(recording, 0)).toEqual(values);
      expect(recording.warnings.filter(({ code }) => code === 'origin')).toHaveLength(warned);
    },
  );

  it('leaves out no samples for a code that it does not know', async () => {
    const own = lead('II', '1 2').replace('MDC_ECG_LEAD_II', 'ACME_ECG_LEAD_V7');
    const other = lead('II', '3 4').replace('MDC_ECG_LEAD_II', '131330');
    const recording = await openBytes(aecgFormat, document(set(time('20240101'), own, other)));
    expect(recording.leads.map(({ name }) => name)).toEqual(['V7', '131330']);
  });

  it('puts sets where they begin: strips of one lead with the time between them missing', async () => {
    const series =
      set(time('20240101100000.000'), lead('II', '1 2'), lead('V1', '9 9')) +
      set(time('20240101100000.020'), lead('II', '3 4'));
    const recording = await openBytes(aecgFormat, document(series));
    expect(recording.leads.map(({ name, samples }) => [name, samples])).toEqual([
      ['II', 7],
      ['V1', 7],
    ]);
    const values = await valuesOf(recording, 0);
    expect(values).toEqual([2.5, 5, NaN, NaN, NaN, 7.5, 10]);
    expect(await valuesOf(recording, 1)).toEqual([22.5, 22.5, NaN, NaN, NaN, NaN, NaN]);
    expect(recording.durationS).toBeCloseTo(0.028, 12);
  });

  it('keeps leads apart that overlap or differ in scale', async () => {
    const series =
      set(time('20240101100000.000'), lead('II', '1 2')) +
      set(time('20240101100000.004'), lead('II', '3 4')) +
      set(time('20240101100001.000'), lead('II', '3', '<scale value="5" unit="uV"/>'));
    const recording = await openBytes(aecgFormat, document(series));
    expect(recording.leads.map(({ name }) => name)).toEqual(['II', 'II', 'II']);
    // Each as long as the longest, and missing where it holds nothing.
    const known = [0, 1, 2].map(async (lead) =>
      [...(await valuesOf(recording, lead)).entries()].filter(([, value]) => !Number.isNaN(value)),
    );
    expect(await Promise.all(known)).toEqual([
      [
        [0, 2.5],
        [1, 5],
      ],
      [
        [1, 7.5],
        [2, 10],
      ],
      [[250, 15]],
    ]);
  });

  it('asks for what is not there, and takes it from options', async () => {
    const series = document(set(time('20240101', ''), lead('I', '10 20', '')));
    const asked = await tryOpen(aecgFormat, series);
    expect(asked).toMatchObject({
      ok: false,
      error: { code: 'needs-option', details: { missing: ['samplingRateHz', 'gainAduPerMv'] } },
    });
    expect(!asked.ok && asked.error.message).toBe(
      'r.x gives no sampling rate and no gain: state it with --fs HZ --gain ADU_PER_MV (1 where its numbers are mV).',
    );
    const recording = await openBytes(aecgFormat, series, {
      samplingRateHz: 250,
      gainAduPerMv: 100,
    });
    expect(recording.leads[0]).toMatchObject({ samplingRateHz: 250, units: 'mV' });
    expect(await valuesOf(recording, 0)).toEqual([0.1, 0.2]);
  });

  it('tells who was recorded with which filters', async () => {
    const subject = `<componentOf><timepointEvent><componentOf><subjectAssignment><subject><trialSubject>
      <id root="1" extension="S-7"/><subjectDemographicPerson><name><given>Ada</given><family>Byron</family></name>
      <administrativeGenderCode code="F"/><birthTime value="18520230"/></subjectDemographicPerson>
      </trialSubject></subject></subjectAssignment></componentOf></timepointEvent></componentOf>`;
    const filter = `<controlVariable><controlVariable><code code="MDC_ECG_CTL_VBL_ATTR_FILTER_LOW_PASS"/>
      <component><controlVariable><code code="MDC_ECG_CTL_VBL_ATTR_FILTER_CUTOFF_FREQ"/><value value="40" unit="Hz"/>
      </controlVariable></component></controlVariable></controlVariable>`;
    const recording = await openBytes(
      aecgFormat,
      document(filter + set(time('20240101100000'), lead('I', '1')), subject),
    );
    // There was no 30 February.
    expect(recording.patient).toEqual({
      name: 'Ada Byron',
      id: 'S-7',
      birthDate: null,
      ageYears: null,
      sex: 'F',
    });
    expect(recording.leads[0]!.filters).toEqual({ highPassHz: null, lowPassHz: 40, notchHz: null });
  });

  it('marks what was annotated, by device and by person, and keeps measurements apart', async () => {
    const at = (low: string, high: string) => `<support><supportingROI><component><boundary>
      <code code="TIME_ABSOLUTE"/><value><low value="20240101100000.${low}"/><high value="20240101100000.${high}"/></value>
      </boundary></component></supportingROI></support>`;
    const sets = `<subjectOf><annotationSet>
      <component><annotation><code code="MDC_ECG_BEAT"/><value code="MDC_ECG_BEAT_V_P_C"/>
        <component><annotation><code code="MDC_ECG_WAVC"/><value code="MDC_ECG_WAVC_QRSWAVE"/>${at('100', '240')}</annotation></component>
        <component><annotation><code code="MDC_ECG_TIME_PD_QRS"/><value value="140" unit="ms"/></annotation></component>
      </annotation></component>
      <component><annotation><code code="MDC_ECG_HEART_RATE"/><value value="57" unit="bpm"/></annotation></component>
      </annotationSet></subjectOf>
      <subjectOf><annotationSet><author><assignedEntity><assignedAuthorType><assignedPerson/></assignedAuthorType></assignedEntity></author>
      <component><annotation><code code="MDC_ECG_RHY"/><value code="X" displayName="Sinus"/>${at('000', '900')}</annotation></component>
      </annotationSet></subjectOf>`;
    const recording = await openBytes(
      aecgFormat,
      document(set(time('20240101100000'), lead('I', '1 2')) + sets),
    );
    expect(await recording.annotators()).toEqual(['device', 'reader']);
    expect(await recording.annotations('device')).toMatchObject({
      value: {
        timeS: Float64Array.of(0.1, 0.1, 0.24),
        symbol: ['(', 'V', ')'],
        aux: ['QRS', '', ''],
      },
    });
    expect(await recording.annotations('reader')).toMatchObject({
      value: { symbol: ['+'], aux: ['Sinus'], durationS: Float64Array.of(0.9) },
    });
    expect(recording.measurements).toEqual([{ name: 'Heart rate', value: '57', units: 'bpm' }]);
  });

  it.each([
    ['no series', '<AnnotatedECG/>', /holds no series/],
    [
      'no samples',
      document(set(time('20240101100000'), lead('I', ''))),
      /holds no lead with samples/,
    ],
    [
      'strips years apart',
      document(
        set(time('20140101100000'), lead('I', '1')) + set(time('20240101100000'), lead('I', '1')),
      ),
      /lie \d+ samples apart/,
    ],
  ])('refuses %s', async (_, text, message) => {
    const opened = await tryOpen(aecgFormat, text);
    expect(!opened.ok && opened.error.message).toMatch(message);
  });
});
