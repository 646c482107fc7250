import { appendFileSync } from 'node:fs';
import { basename } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

/**
 * Stands in for the process in which recordings are read: what a recording does to it stands in its name. Every start is
 * a line of the file that FIDUCIAL_TEST_STARTS names.
 */
export default async function read(job, token) {
  const { path } = job.data;
  const name = basename(path, '.hea');
  appendFileSync(process.env.FIDUCIAL_TEST_STARTS, `${name}\n`);
  if (name.includes('deadly')) process.kill(process.pid, 'SIGKILL');
  if (name.includes('sick') && job.attemptsStarted <= 3) {
    await job.moveToDelayed(Date.now() + 50, token);
    throw Object.assign(new Error('Not here.'), { name: 'DelayedError' });
  }
  if (name.includes('wrong')) throw new Error('Not here.');
  if (name.includes('slow')) await wait(400);
  if (job.data.report !== null) appendFileSync(job.data.report, `${path}\n`);
  const row = {
    ...{ record: name, path, format: 'wfdb', fs: 250, durationS: 1, analysableS: 1, leads: [] },
    ...{ lead: null, model: null, scheme: null, threshold: null, warnings: [], rhythm: null },
    ...{ heartRate: null, findings: [], segments: [] },
  };
  return gzipSync(JSON.stringify(row)).toString('base64');
}
