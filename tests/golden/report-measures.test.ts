import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HAS_PDFTOTEXT, textOf } from '../../src/core/report/testing/pdf-text';
import type { Measurements } from '../../src/shared/domain';
import { IS_BUILT, waitForFiducial } from '../support/fiducial';
import { sharedData } from './shared-data';

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'fiducial-measured-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }));

it.skipIf(!sharedData || !HAS_PDFTOTEXT || !IS_BUILT)(
  'the report of twelve leads says what `fiducial measure` says (needs shared data and pdftotext)',
  () => {
    const record = join(sharedData!, 'ludb', '10.hea');
    const out = join(dir, 'report.pdf');
    const env = { FIDUCIAL_HOME: join(dir, 'home') };
    const measured = waitForFiducial(['measure', record, '--json'], { env });
    const report = waitForFiducial(['report', record, '--out', out], { env });
    expect(report.stderr).toContain('wrote');
    const { intervals, beat } = JSON.parse(measured.stdout) as Measurements;
    const text = textOf(out).replaceAll(/\s+/g, ' ');
    const { prMs, qrsMs, qtMs, qtcBazettMs, qtcFridericiaMs, rateBpm, rrMs } = intervals;
    for (const said of [
      `Averaged beat, ${beat!.beats} of ${beat!.of} N beats, 0 to 10 s`,
      `Rate ${rateBpm!.toFixed(0)} bpm, PR ${prMs!.toFixed(0)} ms, QRS ${qrsMs!.toFixed(0)} ms`,
      `QT ${qtMs!.toFixed(0)} ms, QTcB ${qtcBazettMs!.toFixed(0)} ms, QTcF ${qtcFridericiaMs!.toFixed(0)} ms`,
      `QTc from mean RR ${rrMs!.toFixed(0)} ms.`,
      'Measured, not interpreted.',
    ])
      expect(text).toContain(said);
  },
);
