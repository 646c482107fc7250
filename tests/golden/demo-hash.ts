import { openRecording } from '../../src/core/formats/list';
import { contentHash } from '../../src/core/recordings/content-hash';

/** The content hash of the demo: what an analysis of other files says is not written beside these. */
export async function demoHash(header: string): Promise<string> {
  const demo = await openRecording(header);
  if (!demo.ok) throw new Error(demo.error.message);
  const hash = await contentHash(demo.value);
  await demo.value.close();
  if (!hash.ok) throw new Error(hash.error.message);
  return hash.value;
}
