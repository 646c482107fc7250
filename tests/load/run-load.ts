import { setTimeout as wait } from 'node:timers/promises';
import { createPredictClient, multipart, type PredictClient, type Seen } from './requests';

export interface LoadOptions {
  readonly url: string;
  readonly clients: number;
  readonly durationS: number;
  /** Signal file of the good requests, and its header's values as a query. */
  readonly signal: Buffer;
  readonly query: string;
}

export interface LoadResult {
  /** The answer that every good request must get. */
  readonly reference: Answer;
  readonly good: number;
  /** Answers of 503 that good requests were told to come back after. */
  readonly turnedAway: number;
  readonly malformed: number;
  readonly dropped: number;
  /** What went wrong, one sentence each. */
  readonly failures: readonly string[];
  /** Seconds from sending to the answer, without those that were turned away; ascending. */
  readonly latenciesS: readonly number[];
}

interface Answer {
  readonly predicted_class: string;
  readonly probability: number | null;
  readonly segments: readonly { verdict: string; probability: number | null }[];
}

/** Shares of the acceptance: 10 % malformed requests, 5 % dropped connections. */
const MALFORMED_SHARE = 0.1;
const DROPPED_SHARE = 0.05;
/** Batches of another size round differently. */
const PROBABILITY_TOLERANCE = 1e-5;

/**
 * Clients that ask again as soon as they are answered, some of them badly. Every good request must get the
 * reference's class and probabilities, at the first try or after a 503 that names when to come back; every
 * malformed one a 4xx; the server must live.
 */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const { url, clients, durationS, signal, query } = options;
  const good = multipart('file', signal);
  const bad = malformedBodies(signal);
  const first = createPredictClient(url);
  const reference = await first.send(good, query);
  first.close();
  if (reference.status !== 200) throw new Error(`The reference was answered: ${reference.text}`);
  const wanted = JSON.parse(reference.text) as Answer;

  const counts = { good: 0, turnedAway: 0, malformed: 0, dropped: 0 };
  const failures: string[] = [];
  const latenciesS: number[] = [];
  const endMs = performance.now() + 1000 * durationS;

  async function askWell(client: PredictClient): Promise<void> {
    for (;;) {
      const start = performance.now();
      const seen = await client.send(good, query);
      if (seen.status === 503 && seen.retryAfterS !== null) {
        counts.turnedAway += 1;
        // Not all at the same moment.
        await wait(1000 * seen.retryAfterS * (0.5 + Math.random()));
        continue;
      }
      const wrong = differenceOf(seen, wanted);
      if (wrong) failures.push(wrong);
      else {
        counts.good += 1;
        latenciesS.push((performance.now() - start) / 1000);
      }
      return;
    }
  }

  async function askBadly(client: PredictClient, turn: number): Promise<void> {
    const { name, body, query: broken } = bad[turn % bad.length]!;
    const seen = await client.send(body, broken);
    if (seen.status === 503 && seen.retryAfterS !== null) counts.turnedAway += 1;
    else if (seen.status >= 400 && seen.status < 500) counts.malformed += 1;
    else failures.push(`${name} was answered with ${seen.status}.`);
  }

  async function live(number: number): Promise<void> {
    const client = createPredictClient(url);
    for (let turn = number; performance.now() < endMs; turn++) {
      const draw = Math.random();
      try {
        if (draw < DROPPED_SHARE) {
          const sent = Math.floor(Math.random() * (good.length + 1));
          await client.hangUp(good, sent, 200 * Math.random());
          counts.dropped += 1;
        } else if (draw < DROPPED_SHARE + MALFORMED_SHARE) await askBadly(client, turn);
        else await askWell(client);
      } catch (cause) {
        failures.push(`A connection failed: ${(cause as Error).message}.`);
      }
    }
    client.close();
  }

  await Promise.all(Array.from({ length: clients }, (_, i) => live(i)));
  latenciesS.sort((a, b) => a - b);
  return { reference: wanted, ...counts, failures, latenciesS };
}

function malformedBodies(signal: Buffer): { name: string; body: Buffer; query: string }[] {
  const good = multipart('file', signal);
  return [
    { name: 'A body that is no multipart', body: signal, query: '' },
    { name: 'A body cut before its end', body: good.subarray(0, good.length / 2), query: '' },
    { name: 'A file under another name', body: multipart('other', signal), query: '' },
    { name: 'An empty file', body: multipart('file', Buffer.alloc(0)), query: '' },
    { name: 'An unknown format', body: good, query: '?format=999' },
    { name: 'A rate that is no number', body: good, query: '?fs=fast' },
    { name: 'An unknown model', body: good, query: '?model=none' },
  ];
}

function differenceOf(seen: Seen, wanted: Answer): string | null {
  if (seen.status !== 200) return `A good request was answered: ${seen.status} ${seen.text}`;
  const got = JSON.parse(seen.text) as Answer;
  const same = (a: number | null, b: number | null): boolean =>
    a === null || b === null ? a === b : Math.abs(a - b) <= PROBABILITY_TOLERANCE;
  if (
    got.predicted_class === wanted.predicted_class &&
    same(got.probability, wanted.probability) &&
    got.segments.length === wanted.segments.length &&
    got.segments.every(
      ({ verdict, probability }, i) =>
        verdict === wanted.segments[i]!.verdict &&
        same(probability, wanted.segments[i]!.probability),
    )
  ) {
    return null;
  }
  return `Another answer than the reference: ${got.predicted_class} ${got.probability}.`;
}
