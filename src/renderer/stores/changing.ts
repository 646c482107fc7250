import type { MethodInput } from '../../shared/contract';
import { ok, type Result } from '../../shared/domain';
import { withChanges } from '../../shared/transport/changes';
import { useTransport } from '../transport';

type Method = 'analysis.findingsSince' | 'families.listSince';

/**
 * Asks for an answer that is asked for after each act: what changed is sent, and what it makes of the one before is the
 * answer. Where that one is not known any more, as of an engine that was started anew, the whole comes.
 */
export function createChanging<Value>(method: Method) {
  let held: { readonly of: string; readonly version: string; readonly value: unknown } | null =
    null;
  return async (
    asked: Omit<MethodInput<Method>, 'knows'>,
    options?: { signal?: AbortSignal },
  ): Promise<Result<Value>> => {
    const { analysisId: of } = asked;
    const before = held?.of === of ? held : null;
    const knows = before ? { knows: before.version } : {};
    const result = await useTransport().call(method, { ...asked, ...knows }, options);
    if (!result.ok) return result;
    const { version, since, change } = result.value;
    const value = withChanges(since === null ? {} : before!.value, change);
    held = { of, version, value };
    return ok(value as Value);
  };
}
