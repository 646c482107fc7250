import { Agent, request } from 'node:http';

/** What a client saw of one request. */
export interface Seen {
  readonly status: number;
  readonly retryAfterS: number | null;
  readonly text: string;
}

const BOUNDARY = 'fiducial-load';
/** No answer for this long is a failure of the server. */
const TIMEOUT_MS = 120_000;

/** A `multipart/form-data` body with one part. */
export function multipart(field: string, content: Buffer): Buffer {
  const head = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${field}"; filename="a.dat"\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]);
}

export interface PredictClient {
  /** Sends a whole body and reads the whole answer. @throws Error when the connection fails */
  send(body: Buffer, query?: string): Promise<Seen>;
  /** Announces a whole body, sends a part of it, and hangs up after some milliseconds. */
  hangUp(body: Buffer, sent: number, afterMs: number): Promise<void>;
  close(): void;
}

/** A client with a connection of its own, kept alive between requests. */
export function createPredictClient(url: string): PredictClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const open = (length: number, query: string) =>
    request(`${url}/predict${query}`, {
      method: 'POST',
      agent,
      timeout: TIMEOUT_MS,
      headers: {
        'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
        'content-length': length,
      },
    });
  return {
    send: (body, query = '') =>
      new Promise((resolve, reject) => {
        const asked = open(body.length, query);
        asked.on('timeout', () => asked.destroy(new Error('no answer')));
        asked.on('error', reject);
        asked.on('response', (answer) => {
          const pieces: Buffer[] = [];
          answer.on('data', (piece: Buffer) => pieces.push(piece));
          answer.on('error', reject);
          answer.on('end', () => {
            const after = answer.headers['retry-after'];
            resolve({
              status: answer.statusCode!,
              retryAfterS: after === undefined ? null : Number(after),
              text: Buffer.concat(pieces).toString(),
            });
          });
        });
        asked.end(body);
      }),
    hangUp: (body, sent, afterMs) =>
      new Promise((resolve) => {
        const asked = open(body.length, '');
        asked.on('error', () => undefined);
        asked.on('response', (answer) => answer.resume());
        asked.on('close', () => resolve());
        asked.write(body.subarray(0, sent));
        setTimeout(() => asked.destroy(), afterMs);
      }),
    close: () => agent.destroy(),
  };
}
