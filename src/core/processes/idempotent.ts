import type { MethodName } from '../../shared/contract';

/**
 * Requests that may be sent again after the engine was restarted, because answering them twice changes
 * nothing. A decision or a scan, asked for again, would be made twice.
 */
const IDEMPOTENT: ReadonlySet<MethodName> = new Set<MethodName>([
  'app.info',
  'formats.list',
  'recordings.list',
  'recordings.open',
  'recordings.close',
  'recordings.forget',
  'traces.tile',
  'annotations.read',
  'analysis.start',
  'analysis.status',
  'analysis.segments',
  'analysis.beats',
  'analysis.findings',
  'analysis.measurements',
  'analysis.explain',
  'families.list',
  'families.shapes',
  'review.preview',
  'review.history',
  'review.summary',
  'scan.rows',
  'models.list',
  'devices.list',
  'settings.get',
  'settings.set',
]);

export function isIdempotent(method: string): boolean {
  return IDEMPOTENT.has(method as MethodName);
}
