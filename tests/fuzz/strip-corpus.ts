import { mat5, matrix4 } from '../../src/core/formats/mat/testing/build-mat';
import { packXli } from '../../src/core/formats/philips/testing/pack-xli';
import {
  buildScp,
  defaultCode,
  differences,
  encoded,
  pack,
  section1,
  section3,
  words,
} from '../../src/core/formats/scp/testing/build-scp';
import type { FormatSeed } from './format-corpus';

const wave = Array.from({ length: 300 }, (_, k) => Math.round(400 * Math.sin(k / 9)));

/** Small recordings of the formats of strips, of MATLAB and of text, made here. */
export function stripSeeds(): FormatSeed[] {
  return [...scpSeeds(), ...xmlSeeds(), ...matSeeds(), ...textSeeds()];
}

function scpSeeds(): FormatSeed[] {
  const leads = [
    [1, 1, 300],
    [2, 1, 300],
  ] as const;
  const about = section1({ 0: 'Doe', 4: pack([2, 18], [1, 2]), 14: Buffer.alloc(40, 'a') });
  const code = (order: 1 | 2) => defaultCode(differences(wave, order));
  const four = Buffer.concat([
    pack([2, 20], [2, 4], [2, 2]),
    pack([2, 0], [4, 20], [4, 24], [4, 28], [2, 1], [4, 90], [4, 92], [4, 95]),
    pack([4, 21], [4, 28], [4, 89], [4, 96]),
  ]);
  const beat = encoded([words(wave.slice(0, 10)), words(wave.slice(5, 15))]);
  const rhythm = (order: 1 | 2) => encoded([code(order), code(order)], { encoding: order });
  const few = { intervalUs: 8000, bimodal: 1 };
  const records: readonly Readonly<Record<number, Buffer>>[] = [
    { 1: about, 3: section3(leads), 6: encoded([words(wave), words(wave)]) },
    { 1: about, 2: pack([2, 19_999]), 3: section3(leads), 6: rhythm(1) },
    { 2: pack([2, 19_999]), 3: section3(leads, 1), 4: four, 5: beat, 6: rhythm(2) },
    { 3: section3(leads, 1), 4: four, 5: beat, 6: encoded([words(wave), words(wave)], few) },
  ];
  return records.map((sections) => ({ format: 'scp', files: { 'r.scp': buildScp(sections) } }));
}

function xmlSeeds(): FormatSeed[] {
  const bytes = Buffer.from(Int16Array.from(wave).buffer).toString('base64');
  const sequence = (code: string, value: string) =>
    `<component><sequence><code code="${code}"/><value>${value}</value></sequence></component>`;
  const digits = `<origin value="0" unit="uV"/><scale value="5" unit="uV"/><digits>${wave.join(' ')}</digits>`;
  const at = '<head value="20240101100000"/><increment value="4" unit="ms"/>';
  const sets = `<component><sequenceSet>${sequence('TIME_ABSOLUTE', at)}${sequence('MDC_ECG_LEAD_I', digits)}</sequenceSet></component>`;
  const note =
    '<subjectOf><annotationSet><component><annotation><code code="MDC_ECG_RHY"/><value code="X"/></annotation></component></annotationSet></subjectOf>';
  const lead = (name: string) =>
    `<LeadData><LeadID>${name}</LeadID><LeadAmplitudeUnitsPerBit>4.88</LeadAmplitudeUnitsPerBit><LeadAmplitudeUnits>MICROVOLTS</LeadAmplitudeUnits><WaveFormData>${bytes}</WaveFormData></LeadData>`;
  const waveform = (type: string) =>
    `<Waveform><WaveformType>${type}</WaveformType><SampleBase>500</SampleBase><SampleExponent>0</SampleExponent>${lead('I')}${lead('II')}</Waveform>`;
  const strip = wave.map((value, k) => (k < 3 ? 0 : value));
  const xli = packXli([strip, strip, strip, strip]).toString('base64');
  const documents = {
    aecg: `<AnnotatedECG><component><series><code code="RHYTHM"/>${sets}${note}<derivation><derivedSeries>${sets}</derivedSeries></derivation></series></component></AnnotatedECG>`,
    muse: `<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE RestingECG SYSTEM "restecg.dtd"><RestingECG>${waveform('Rhythm')}${waveform('Median')}</RestingECG>`,
    philips: `<restingecgdata><waveforms><parsedwaveforms compression="XLI" leadlabels="I II III aVR" samplespersecond="500" resolution="5">${xli}</parsedwaveforms></waveforms></restingecgdata>`,
    cardiosoft: `<CardiologyXML><StripData><SampleRate>500</SampleRate><Resolution>5</Resolution><WaveformData lead="I">${wave.join(',')}</WaveformData></StripData></CardiologyXML>`,
  };
  return Object.entries(documents).map(([format, text]) => ({
    format,
    files: { 'r.xml': new TextEncoder().encode(text) },
  }));
}

function matSeeds(): FormatSeed[] {
  const little = mat5();
  const big = mat5(true);
  const struct = little.struct('ECG', {
    data: little.numbers('', [300, 1], wave),
    fs: little.numbers('', [1, 1], [500]),
    leads: little.cells('', [little.text('', ['II'])]),
    ann: little.struct('', { time: little.numbers('', [2, 1], [5, 90]) }),
  });
  const files = [
    matrix4('val', 1, 300, wave),
    matrix4('val', 300, 1, wave, { bigEndian: true, precision: 0 }),
    big.file(big.numbers('val', [1, 300], wave, 10)),
    little.file(struct),
    little.file(little.compressed(struct)),
  ];
  return files.map((bytes) => ({ format: 'mat', files: { 'r.mat': bytes } }));
}

function textSeeds(): FormatSeed[] {
  const table = (head: string, row: (value: number, k: number) => string) =>
    `${head}${wave.map(row).join('\n')}\n`;
  const json =
    '{"d":{"sensor":["ECGBIT"],"column":["nSeq","A1"],"label":["A1"],"resolution":[4,10],"sampling rate":100}}';
  const texts = [
    table('time [s],I [mV],II [mV]\n', (v, k) => `${k / 250},${v / 1000},`),
    table("'sample #','MLII'\n", (v, k) => `${k},${v}`),
    table('Zeit [s];I [mV]\r\n', (v, k) => `${k / 250};${v}`.replaceAll('.', ',')),
    table(
      '%OpenBCI\n%Number of channels = 1\n%Sample Rate = 250 Hz\n',
      (v, k) => `${k % 256}, ${v}, 1:00:00.5`,
    ),
    table(
      `# OpenSignals Text File Format\n# ${json}\n# EndOfHeader\n`,
      (v, k) => `${k % 16}\t${v}\t`,
    ),
  ];
  return texts.map((text) => ({
    format: 'text',
    files: { 'r.csv': new TextEncoder().encode(text) },
  }));
}
