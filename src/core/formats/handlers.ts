import type { Handlers } from '../../shared/contract';
import { ok } from '../../shared/domain';
import { FORMATS } from './list';

/** What a dialog for files may offer. */
export function formatHandlers(): Pick<Handlers, 'formats.list'> {
  const formats = FORMATS.map(({ id, title, extensions }) => ({
    id,
    title,
    extensions: [...extensions],
  }));
  return { 'formats.list': async () => ok({ formats }) };
}
