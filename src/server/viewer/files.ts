import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isWriteRefusal, removeTemporaryFolder, writeFailure, type Host } from '../../core/host';
import type { Admitted } from '../../shared/contract';
import { err, ok, type Result } from '../../shared/domain';
import { errSaid, toldBy, toldList } from '../../shared/domain/said';
import { problemOf, sendProblem } from '../problem';
import { BODY_TYPE, decodeBody, sendResult } from './rpc';

export interface FileOptions {
  readonly host: Host;
  /** The only folder whose files may be opened; null when none was given. */
  readonly root: string | null;
  /** Where dropped files are kept until the server ends. */
  readonly uploadDir: string;
}

/** A day of twelve leads is 2 GB; more at once than that is a mistake. */
const LARGEST_FILE_BYTES = 2 ** 31;
const MOST_FILES = 500;

const Pick = z.object({ kind: z.enum(['record', 'folder']) });

/** What only a host can do: admit files below the root or dropped ones, and hand out documents. */
export async function fileRoutes(
  app: FastifyInstance,
  { host, root, uploadDir }: FileOptions,
): Promise<void> {
  await app.register(multipart, {
    limits: { fileSize: LARGEST_FILE_BYTES, files: MOST_FILES, fields: 10, parts: MOST_FILES + 10 },
  });
  app.addContentTypeParser(BODY_TYPE, { parseAs: 'buffer', bodyLimit: 1024 }, (_r, body, done) =>
    done(null, body),
  );

  const dropped = new Set<string>();
  // Their files go with the server; an entry that cannot be opened any more is no use on the worklist.
  app.addHook('preClose', async () => {
    for (const recordingId of dropped) await host.call('recordings.forget', { recordingId });
  });

  app.post<{ Body: Buffer }>('/host/pick', async (request, reply) => {
    const input = decodeBody(request.body);
    if (!input.ok) return sendResult(reply, input);
    const parsed = Pick.safeParse(input.value);
    if (!parsed.success) return sendResult(reply, err('bad-input', 'host.pick: field kind.'));
    if (root === null) {
      return sendResult(reply, errSaid('forbidden', 'failures.onlyUnderRoot'));
    }
    return sendResult(reply, await host.admit([root]));
  });

  app.post('/upload', async (request, reply) => {
    if (!request.isMultipart()) {
      return sendResult(reply, err('bad-input', 'Files are sent as multipart/form-data.'));
    }
    const admitted = await receive(request.files(), host, uploadDir);
    if (admitted.ok) for (const entry of admitted.value.entries) dropped.add(entry.recordingId);
    return sendResult(reply, admitted);
  });

  app.get<{ Params: { id: string } }>('/documents/:id', async (request, reply) => {
    const document = await host.document(request.params.id);
    if (!document.ok) return sendProblem(reply, problemOf(document.error));
    const { path, suggestedName, mediaType } = document.value;
    const { size } = await stat(path);
    const name = encodeURIComponent(suggestedName);
    return reply
      .type(mediaType)
      .header('content-length', size)
      .header('content-disposition', `inline; filename*=UTF-8''${name}`)
      .header('content-security-policy', "frame-ancestors 'self'")
      .send(createReadStream(path));
  });
}

type Files = AsyncIterable<{
  filename: string | undefined;
  file: NodeJS.ReadableStream & { truncated: boolean };
}>;

async function receive(files: Files, host: Host, uploadDir: string): Promise<Result<Admitted>> {
  const folder = join(uploadDir, randomUUID());
  const received: string[] = [];
  const refused: (string | null)[] = [];
  try {
    await mkdir(folder, { recursive: true });
    for await (const { filename, file } of files) {
      const name = plainName(filename);
      if (name === null) {
        file.resume();
        // Hidden files come along with a folder, and are no part of a recording.
        if (!isHidden(filename)) refused.push(filename ?? null);
        continue;
      }
      await pipeline(file, createWriteStream(join(folder, name), { flags: 'wx' }));
      if (file.truncated) {
        await removeTemporaryFolder(folder);
        return errSaid('too-large', 'failures.droppedTooLarge', {
          name,
          size: LARGEST_FILE_BYTES >> 20,
        });
      }
      received.push(name);
    }
  } catch (cause) {
    await removeTemporaryFolder(folder);
    if (isWriteRefusal(cause)) return writeFailure(toldBy('failures.folderForDropped'), cause);
    const why = cause instanceof Error ? cause.message : String(cause);
    return errSaid('bad-input', 'failures.notReceived', { why });
  }
  if (refused.length > 0) {
    await removeTemporaryFolder(folder);
    const names = refused.map((name) =>
      name === null ? toldBy('failures.fileWithoutName') : JSON.stringify(name.slice(0, 80)),
    );
    return errSaid('bad-input', 'failures.nameNotKept', { names: toldList(names) });
  }
  const admitted = received.length > 0 ? await host.admit([folder]) : null;
  // The folder exists for this drop alone; it is no source for a scan.
  if (admitted?.ok) return ok({ ...admitted.value, sourceIds: [] });
  await removeTemporaryFolder(folder);
  if (!admitted) return errSaid('bad-input', 'failures.nothingDropped');
  // Its own message names the folder, which means nothing to whoever dropped files.
  if (admitted.error.code !== 'not-found') return admitted;
  return errSaid('unknown-format', 'failures.noRecordingDropped', { names: received.join(', ') });
}

const baseOf = (filename: string | undefined): string =>
  basename((filename ?? '').replaceAll('\\', '/'));

const isHidden = (filename: string | undefined): boolean => baseOf(filename).startsWith('.');

/** The name of a file without any folder, in any script; null for one that no file of a recording has. */
function plainName(filename: string | undefined): string | null {
  const name = baseOf(filename).normalize('NFC');
  // Control characters, what Windows refuses in a name, hidden files, and names too long for a disk.
  const isPlain = /^[^.\p{Cc}\p{Cf}<>:"|?*][^\p{Cc}\p{Cf}<>:"|?*]*$/u.test(name);
  return isPlain && Buffer.byteLength(name) <= 255 ? name : null;
}
