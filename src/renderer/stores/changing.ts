import type { MethodInput } from '../../shared/contract';
import { ok, type Changed, type Result } from '../../shared/domain';
import { withChanges } from '../../shared/transport/changes';
import { useTransport } from '../transport';

/** The last of answers of which each says what changed since one before, of the recording that they are about. */
export function createFold<Value>() {
  let held: { readonly of: string; readonly version: string; readonly value: unknown } | null =
    null;
  return {
    /** Version of what is held of an analysis, which the next request names. */
    knows: (of: string): string | undefined => (held?.of === of ? held.version : undefined),
    /** @returns null where it is changed from another answer than the one at hand: the whole has to be asked for */
    taken(of: string, { version, since, change }: Changed): Value | null {
      if (since !== null && (held?.of !== of || held.version !== since)) return null;
      const value = withChanges(since === null ? {} : held!.value, change);
      held = { of, version, value };
      return value as Value;
    },
  };
}

type Method = 'analysis.findingsSince' | 'families.listSince';

/**
 * Asks for an answer that is asked for after each act: what changed is sent, and what it makes of the one before is the
 * answer. Where that one is not known any more, as of an engine that was started anew, the whole comes.
 */
export function createChanging<Value>(method: Method) {
  const fold = createFold<Value>();
  type Asked = Omit<MethodInput<Method>, 'knows'>;
  return async function ask(
    asked: Asked,
    options?: { signal?: AbortSignal },
    knows: string | undefined = fold.knows(asked.analysisId),
  ): Promise<Result<Value>> {
    const wish = { ...asked, ...(knows !== undefined && { knows }) };
    const result = await useTransport().call(method, wish, options);
    if (!result.ok) return result;
    const value = fold.taken(asked.analysisId, result.value);
    return value === null ? ask(asked, options, '') : ok(value);
  };
}
