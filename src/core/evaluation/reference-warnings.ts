import type { Warning } from '../../shared/domain';
import { openRecording } from '../formats/list';
import type { OpenRecording } from '../formats/open-recording';
import { OWN_MNEMONICS } from '../formats/wfdb/annotations/parse';

/** Sources of annotations of a recording that something is compared with. */
export type SourcesOf = (recording: OpenRecording) => Promise<readonly string[]>;

/**
 * What is odd about the annotations that recordings are compared with or learned from. Of a file that ends too early the
 * rest of its recording would otherwise count as if nobody had seen a beat there.
 * @param paths headers; what cannot be opened, or has no such annotations, is told of where it is left out
 * @returns in the order of the recordings, each naming its file
 */
export async function referenceWarnings(
  paths: readonly string[],
  sourcesOf: SourcesOf,
  signal?: AbortSignal,
): Promise<readonly Warning[]> {
  const warnings: Warning[] = [];
  for (const path of paths) {
    if (signal?.aborted) break;
    const opened = await openRecording(path);
    if (!opened.ok) continue;
    try {
      for (const source of await sourcesOf(opened.value)) {
        const read = await opened.value.annotations(source);
        // Beats of other names are refused, by the same words.
        if (read.ok) warnings.push(...read.value.warnings.filter((w) => w.code !== OWN_MNEMONICS));
      }
    } finally {
      await opened.value.close();
    }
  }
  return warnings;
}
