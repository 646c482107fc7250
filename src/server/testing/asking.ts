import { readFile } from 'node:fs/promises';
import { pulses, writeRecord } from '../../core/recordings/testing/write-record';

/** A recording of half a minute as `POST /predict` takes it; another number is another recording. */
export async function predictBody(dir: string, seconds = 30): Promise<FormData> {
  const leads = { MLII: pulses };
  const path = await writeRecord(dir, { name: 'r1', rateHz: 360, seconds, leads });
  const form = new FormData();
  const [dat, hea] = await Promise.all([readFile(path.replace('.hea', '.dat')), readFile(path)]);
  form.append('file', new Blob([dat]), 'jansen.dat');
  form.append('header', new Blob([hea]), 'r1.hea');
  return form;
}

/** The answer of a job, once it is there. */
export async function answerOf(
  place: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  for (;;) {
    const answer = await fetch(place, { headers });
    if (answer.status !== 202) return answer;
    await answer.body?.cancel();
    await new Promise((done) => setTimeout(done, 20));
  }
}
