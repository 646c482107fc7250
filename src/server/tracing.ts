import { err, ok, type Result } from '../shared/domain';
import type { Tracing } from './spans';

type Env = Readonly<Record<string, string | undefined>>;

const NOTHING: Tracing = {
  install: () => undefined,
  parentOf: () => null,
  stage: () => () => undefined,
  carry: () => null,
  carried: () => null,
  close: async () => undefined,
};

/** The one form in which spans are sent. */
const PROTOCOL = 'http/json';

/**
 * Reads the variables of the OpenTelemetry specification ("Environment Variable Specification"): spans are sent only
 * where `OTEL_EXPORTER_OTLP_ENDPOINT` or `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` names a place, and neither
 * `OTEL_SDK_DISABLED=true` nor `OTEL_TRACES_EXPORTER=none` says otherwise. Headers, time limits, batches, service name,
 * resource attributes and the sampler are taken from their variables too.
 * @returns `bad-input` with the variable that asks for what is not there
 */
export async function createTracing(env: Env, version: string): Promise<Result<Tracing>> {
  const endpoint = env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] || env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  const exporter = env['OTEL_TRACES_EXPORTER'] || 'otlp';
  const isOff = env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true' || exporter === 'none';
  if (!endpoint || isOff) return ok(NOTHING);
  if (exporter !== 'otlp') {
    return err('bad-input', `OTEL_TRACES_EXPORTER is ${exporter}; otlp and none are known.`);
  }
  for (const name of ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'OTEL_EXPORTER_OTLP_PROTOCOL']) {
    const protocol = env[name];
    if (protocol && protocol !== PROTOCOL) {
      return err('bad-input', `${name} is ${protocol}; spans are sent as ${PROTOCOL} alone.`);
    }
  }
  try {
    // Whoever traces nothing does not wait for the libraries either.
    const { traceWithOpenTelemetry } = await import('./open-telemetry');
    return traceWithOpenTelemetry(env, version);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    return err(
      'bad-input',
      'The desktop application cannot send spans: serve from the npm package, or unset OTEL_EXPORTER_OTLP_ENDPOINT.',
    );
  }
}
