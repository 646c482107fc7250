import { existsSync } from 'node:fs';
import type { Admitted } from '../../shared/contract';
import { ok, type Result } from '../../shared/domain';
import type { Host } from './host';

/**
 * What a start without a record opens: the demo, as long as nothing was ever opened. After that nothing is brought
 * in, and the viewer opens the last recording again by itself.
 * @param demoDir folder of the synthetic records; may be absent
 */
export async function admitDemoAtFirst(
  host: Pick<Host, 'admit' | 'client'>,
  demoDir: string,
): Promise<Result<Admitted>> {
  const none = ok({ entries: [], sourceIds: [] });
  if (!existsSync(demoDir)) return none;
  const list = await host.client.call('recordings.list', {});
  if (!list.ok) return list;
  const isFirst = list.value.entries.every(({ openedAtMs }) => openedAtMs === null);
  return isFirst ? host.admit([demoDir]) : none;
}
