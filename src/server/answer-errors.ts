import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GUARD_HEADERS } from './guard';
import { problem, problemText, PROBLEM_TYPE, sendProblem } from './problem';
import { rememberRoutes } from './routes';

/** Everything that goes wrong on the way becomes a problem document; only our own bugs are logged. Before every route. */
export function answerErrors(app: FastifyInstance): void {
  const methodsAt = rememberRoutes(app);
  app.setNotFoundHandler((request, reply) => {
    const allowed = methodsAt(request.url.split('?')[0]!);
    if (allowed.length === 0) {
      return sendProblem(
        reply,
        problem(404, 'There is nothing here; GET /docs lists what there is.', 'not-found'),
      );
    }
    reply.header('allow', allowed.join(', '));
    return sendProblem(reply, problem(405, `Only ${allowed.join(' and ')} can be asked here.`));
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status === 415) return sendProblem(reply, problem(status, notTaken(request)));
    if (status < 500) return sendProblem(reply, problem(status, sentence(error.message)));
    console.error(error);
    const route = request.routeOptions.url ?? 'unknown route';
    return sendProblem(reply, problem(500, `${request.method} ${route} failed.`, 'bug'));
  });
}

/** One line per answer, as text or as a JSON object with its time. Route and status, never an address or a name. */
export function logAnswers(
  app: FastifyInstance,
  log: (line: string) => void,
  format: 'text' | 'json' = 'text',
): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? '(none)';
    const { method, id } = request;
    const ms = Math.round(reply.elapsedTime);
    const status = reply.statusCode;
    if (format === 'text') log(`${method} ${route} ${status} ${ms} ms`);
    else log(JSON.stringify({ time: new Date().toISOString(), id, method, route, status, ms }));
  });
}

/** What Fastify refuses before any hook has run: an address that cannot be decoded. */
export function frameworkError(
  error: FastifyError,
  _request: FastifyRequest,
  reply: FastifyReply,
): void {
  for (const [name, value] of Object.entries(GUARD_HEADERS)) reply.header(name, value);
  void sendProblem(
    reply,
    problem(error.statusCode ?? 400, 'The address of the request cannot be read.'),
  );
}

const CLIENT_ERRORS: Readonly<Record<string, readonly [number, string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The head of the request is too long.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time.'],
};

/** What is not HTTP, or never became a whole request: there is no reply to send it with. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, detail] = CLIENT_ERRORS[error.code ?? ''] ?? [400, 'This is not an HTTP request.'];
  const body = problemText(problem(status, detail));
  const headers = Object.entries({
    ...GUARD_HEADERS,
    'content-type': PROBLEM_TYPE,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  });
  const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head}\r\n${body}`);
}

/** What was sent, and what the route takes where its schema says so. */
function notTaken({ headers, routeOptions }: FastifyRequest): string {
  const { consumes = [] } = (routeOptions.schema ?? {}) as { consumes?: readonly string[] };
  const sent = JSON.stringify((headers['content-type'] ?? '').slice(0, 100));
  return `A body of type ${sent} is not taken${consumes.length > 0 ? `; ${consumes.join(' and ')} are` : ''}.`;
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}
