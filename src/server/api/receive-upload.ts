import { createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import { isWriteRefusal, temporaryFolder, writeFailure } from '../../core/host';
import { err, ok, type Result } from '../../shared/domain';

export interface Upload {
  readonly signalPath: string;
  readonly headerPath: string | null;
  /** What the sender called them. */
  readonly signalName?: string;
  readonly headerName?: string;
}

const LARGEST_HEADER_BYTES = 1 << 20;

/**
 * Streams the body of a prediction to a folder: multipart with `file` and perhaps `header`, or the bare bytes of
 * a signal file. Of the names that the sender chose only letters, digits, dots and dashes reach the disk.
 * @param mostBytes largest signal file
 */
export async function receiveUpload(
  request: FastifyRequest,
  folder: string,
  mostBytes: number,
  signal: AbortSignal,
): Promise<Result<Upload>> {
  try {
    const received = await Promise.race([
      request.isMultipart()
        ? receiveParts(request, folder, mostBytes, signal)
        : receiveBody(request.body, folder, mostBytes, signal),
      // A client that goes away between two parts leaves the multipart parser waiting for ever.
      aborted(signal),
    ]);
    if (!received.ok) return received;
    if ((await stat(received.value.signalPath)).size === 0) {
      const name = received.value.signalName;
      const which = name ? `file ${JSON.stringify(name.slice(0, 200))}` : 'file';
      return err('bad-signal', `The uploaded ${which} is empty.`);
    }
    return received;
  } catch (cause) {
    if (signal.aborted) return err('cancelled', 'The upload was broken off.');
    const code = (cause as { code?: string }).code ?? '';
    if (code === 'FST_REQ_FILE_TOO_LARGE') return tooLarge(mostBytes);
    if (isWriteRefusal(cause)) return writeFailure('The folder for uploads', cause);
    if (
      code.startsWith('FST_') ||
      cause instanceof SyntaxError ||
      /multipart|boundary|form/i.test(String(cause))
    ) {
      return err('bad-input', `The multipart body is broken: ${(cause as Error).message}.`);
    }
    throw cause;
  }
}

async function receiveParts(
  request: FastifyRequest,
  folder: string,
  mostBytes: number,
  signal: AbortSignal,
): Promise<Result<Upload>> {
  let signalPath: string | null = null;
  let headerPath: string | null = null;
  let signalName: string | undefined;
  let headerName: string | undefined;
  // Apart from the record that is made of them.
  const given = join(folder, 'given');
  await mkdir(given);
  for await (const part of request.parts()) {
    if (part.type !== 'file') {
      return err(
        'bad-input',
        `The form field "${nameOf(part)}" is not known; file and header are.`,
      );
    }
    // Some clients send the header under `file` as well; its name tells it apart.
    // A damaged part may have no name, whatever the type says.
    const name: string | undefined = part.filename;
    const isHeader = part.fieldname === 'header' || /\.hea$/i.test(name ?? '');
    if (isHeader && headerPath === null) {
      headerPath = join(given, 'header.txt');
      headerName = name;
      await save(part.file, headerPath, LARGEST_HEADER_BYTES, signal);
    } else if (part.fieldname === 'file' && signalPath === null) {
      signalPath = join(given, plainName(name));
      signalName = name;
      await save(part.file, signalPath, mostBytes, signal);
    } else {
      part.file.resume();
      return err(
        'bad-input',
        `The form field "${nameOf(part)}" is not known or came twice; file and header are taken once each.`,
      );
    }
    if (part.file.truncated) return tooLarge(isHeader ? LARGEST_HEADER_BYTES : mostBytes);
  }
  if (signalPath === null) {
    return err('bad-input', 'The field "file" with the signal file (.dat) is missing.');
  }
  return ok({
    signalPath,
    headerPath,
    ...(signalName === undefined ? {} : { signalName }),
    ...(headerName === undefined ? {} : { headerName }),
  });
}

/** A damaged part may have no name, whatever the type says. */
const nameOf = ({ fieldname }: { fieldname?: string }): string => (fieldname ?? '').slice(0, 40);

/** Formats give a recording the name of its file; nothing but a plain name reaches the disk. */
function plainName(name: string | undefined): string {
  const plain = basename(name ?? '')
    .replace(/[^\w.-]+/g, '_')
    .replace(/^\.+/, '_')
    .slice(-100);
  return plain === '' ? 'upload.bin' : plain;
}

async function receiveBody(
  body: unknown,
  folder: string,
  mostBytes: number,
  signal: AbortSignal,
): Promise<Result<Upload>> {
  if (typeof (body as Readable | undefined)?.pipe !== 'function') {
    return err('bad-input', 'There is no body; send the signal file (.dat).');
  }
  const signalPath = join(folder, 'upload.bin');
  const size = await save(body as Readable, signalPath, mostBytes, signal);
  if (size > mostBytes) {
    await rm(signalPath, { force: true });
    return tooLarge(mostBytes);
  }
  return ok({ signalPath, headerPath: null });
}

/** Writes a stream to a file and stops writing, not reading, after `mostBytes`, so that an answer can be sent. */
async function save(
  source: Readable,
  path: string,
  mostBytes: number,
  signal: AbortSignal,
): Promise<number> {
  let size = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > mostBytes) done();
      else done(null, chunk);
    },
  });
  await pipeline(source, limit, createWriteStream(path, { flags: 'wx' }), { signal });
  return size;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

function tooLarge(mostBytes: number): Result<never> {
  return err(
    'too-large',
    `The file is larger than the limit of ${Math.round(mostBytes / 1e6)} MB.`,
  );
}

/** A folder of its own for one upload. @returns `not-writable` on a disk that takes none */
export async function uploadFolder(): Promise<Result<string>> {
  try {
    return ok(await temporaryFolder('predict'));
  } catch (cause) {
    if (isWriteRefusal(cause)) return writeFailure('The folder for uploads', cause);
    throw cause;
  }
}
