import path from 'node:path';
import { ok, type Result, type Warning } from '../../../shared/domain';
import { errSaid, warningSaid, withDetails } from '../../../shared/domain/said';
import type { FilePool } from '../wfdb/file-pool';
import type { OpenOptions } from '../format';
import type { OpenRecording } from '../open-recording';
import { clockWarnings } from '../shared/clock';
import { crcCcitt } from '../shared/crc-ccitt';
import { createRecording } from '../shared/create-recording';
import { framedFile } from '../shared/framed-file';
import { INT16 } from '../shared/integer-codes';
import { leadCodeOf } from '../shared/lead-codes';
import { wholeStretch, type LeadSource } from '../shared/lead-source';
import { needsOption } from '../shared/needs-option';
import { withFilePool } from '../shared/with-file-pool';
import { ISHNE_ANNOTATOR, readIshneAnnotations } from './annotations';
import { fileBeside } from './files-beside';
import {
  ANNOTATION_MAGIC,
  FIXED_HEADER_BYTES,
  MAX_LEADS,
  parseIshneHeader,
  text,
  type IshneHeader,
} from './header';

/** The variable block holds a few words; more than this is damage. */
const MAX_HEADER_BYTES = 2 ** 20;

/** Opens an ISHNE recording for windowed reading, with the beats of the `.ann` file beside it. */
export const openIshne = withFilePool(openWith);

async function openWith(
  pool: FilePool,
  file: string,
  options: OpenOptions,
): Promise<Result<OpenRecording>> {
  const fileName = path.basename(file);
  const size = await pool.size(file);
  if (!size.ok) return size;
  const headed = await readHeader(pool, file, size.value);
  if (!headed.ok) return headed;
  const { header, bytes } = headed.value;

  const rateHz = header.samplingRateHz > 0 ? header.samplingRateHz : options.samplingRateHz;
  if (!rateHz) return needsOption(fileName, ['samplingRateHz']);
  const frameBytes = 2 * header.leadCount;
  const samples = Math.floor((size.value - header.ecgOffset) / frameBytes);
  if (samples < 1) {
    return errSaid('bad-signal', 'files.ishneNoSample', {
      file: fileName,
      leads: header.leadCount,
    });
  }
  const source = { read: (at: number, length: number) => pool.read(file, at, length) };
  const layout = { byteOffset: header.ecgOffset, frameBytes, frames: samples };
  const open = framedFile(source, layout);
  const leads = header.leads.map(({ name, resolutionNv }, k): LeadSource => {
    const stated = options.gainAduPerMv;
    const scaled = resolutionNv !== null || stated !== undefined;
    const leadCode = leadCodeOf(name);
    return {
      lead: {
        name,
        ...(leadCode === null ? {} : { leadCode }),
        isEcgByCode: true,
        units: scaled ? 'mV' : 'ADU',
        samplingRateHz: rateHz,
        samples,
        gainAduPerUnit: resolutionNv !== null ? 1e6 / resolutionNv : (stated ?? 1),
        gainAssumed: resolutionNv === null,
        baselineAdu: 0,
        adcResolutionBits: 16,
      },
      store: open({ byteInFrame: 2 * k, samplesPerFrame: 1, code: INT16 }),
      stretches: wholeStretch(samples),
    };
  });
  const beats = await fileBeside(file, ANNOTATION_MAGIC);
  const readBeats = () => readIshneAnnotations(beats!, rateHz, pool);
  return ok(
    createRecording(
      {
        format: 'ishne',
        formatTitle: 'ISHNE 1.0',
        name: path.parse(file).name,
        path: file,
        files: beats ? [file, beats] : [file],
        durationS: samples / rateHz,
        startClock: header.startClock,
        comments: [...header.comments, ...variableText(header, bytes)],
        patient: header.patient,
        warnings: warningsOf(header, bytes, fileName, samples),
        gaps: [],
        measurements: [],
        storedBeats: [],
        annotationSources: new Map(beats ? [[ISHNE_ANNOTATOR, readBeats]] : []),
        close: () => pool.close(),
      },
      leads,
    ),
  );
}

/** The header and its bytes up to the samples. */
async function readHeader(
  pool: FilePool,
  file: string,
  size: number,
): Promise<Result<{ header: IshneHeader; bytes: Uint8Array }>> {
  const fileName = path.basename(file);
  if (size < FIXED_HEADER_BYTES) {
    return withDetails(
      errSaid('bad-header', 'files.ishneHeaderCut', {
        file: fileName,
        size,
        wanted: FIXED_HEADER_BYTES,
      }),
      { field: 'header' },
    );
  }
  const fixed = await pool.read(file, 0, FIXED_HEADER_BYTES);
  if (!fixed.ok) return fixed;
  const header = parseIshneHeader(fixed.value);
  const { leadCount, ecgOffset } = header;
  if (leadCount < 1 || leadCount > MAX_LEADS) {
    return bad(fileName, 'number of leads', leadCount, [1, MAX_LEADS]);
  }
  if (ecgOffset < FIXED_HEADER_BYTES || ecgOffset > Math.min(size, MAX_HEADER_BYTES)) {
    const most = Math.min(size, MAX_HEADER_BYTES);
    return bad(fileName, 'offset of the ECG block', ecgOffset, [FIXED_HEADER_BYTES, most]);
  }
  const bytes = await pool.read(file, 0, ecgOffset);
  return bytes.ok ? ok({ header, bytes: bytes.value }) : bytes;
}

function bad(fileName: string, field: string, value: number, [from, to]: [number, number]) {
  return withDetails(
    errSaid('bad-header', 'files.fieldRange', { file: fileName, field, value, from, to }),
    {
      field,
    },
  );
}

/** What the variable block says, where it is text. */
function variableText(header: IshneHeader, bytes: Uint8Array): string[] {
  const { variableBytes, variableOffset, ecgOffset } = header;
  if (variableBytes <= 0 || variableOffset < FIXED_HEADER_BYTES) return [];
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const block = text(view, variableOffset, Math.min(variableBytes, ecgOffset - variableOffset));
  return block !== '' && /^[\t\n\r\x20-\x7e\xa0-\xff]+$/.test(block) ? [block] : [];
}

function warningsOf(
  header: IshneHeader,
  bytes: Uint8Array,
  fileName: string,
  samples: number,
): Warning[] {
  const warnings = clockWarnings(fileName, header.startClock, header.statedStart);
  const { sizeField, leadCount, checksum } = header;
  if (sizeField !== samples && sizeField !== samples * leadCount) {
    warnings.push(
      warningSaid('sample-count', 'warnings.ishneSampleCount', {
        file: fileName,
        said: sizeField,
        samples,
      }),
    );
  }
  const computed = crcCcitt(bytes, 10);
  if (checksum !== 0 && checksum !== computed) {
    warnings.push(
      warningSaid('checksum', 'warnings.headerChecksum', {
        file: fileName,
        said: checksum,
        made: computed,
      }),
    );
  }
  const unscaled = header.leads.filter(({ resolutionNv }) => resolutionNv === null);
  if (unscaled.length > 0) {
    warnings.push(
      warningSaid('no-scale', 'warnings.noResolution', {
        file: fileName,
        leads: unscaled.map(({ name }) => name).join(', '),
      }),
    );
  }
  return warnings;
}
