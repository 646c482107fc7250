import { isMethodName, METHODS, type MethodName } from '../../shared/contract';
import { err, ok, type Result } from '../../shared/domain';

/**
 * The one place where a request from outside becomes one that the service may see: the method must be in the
 * contract and the input must have its shape. Keys that the contract does not know are dropped.
 */
export function validateCall(
  method: unknown,
  input: unknown,
): Result<{ method: MethodName; input: unknown }> {
  if (!isMethodName(method)) {
    const name = typeof method === 'string' ? method.slice(0, 80) : typeof method;
    return err('bad-input', `There is no request "${name}".`);
  }
  const parsed = METHODS[method].input.safeParse(input);
  if (parsed.success) return ok({ method, input: parsed.data });
  const issue = parsed.error.issues[0]!;
  const field = issue.path.length > 0 ? `field ${issue.path.join('.')}` : 'the input';
  return err('bad-input', `${method}: ${field}: ${issue.message}.`);
}
