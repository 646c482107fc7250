import type { Warning } from '../../shared/domain';
import type { OpenRecording } from '../formats/open-recording';

/** Sources beyond these are not looked into: a folder may hold many. */
const MOST_SOURCES = 4;

/**
 * What is wrong with the annotations beside a recording: a file that ends too early, or goes on after its end mark, would
 * otherwise be shown as if it were whole. Annotations among the samples are as whole as these, and a day of them is
 * not read before its first trace. Read each time: they may change while the recording stays open.
 */
export async function annotationWarnings(recording: OpenRecording): Promise<readonly Warning[]> {
  if (recording.annotationsAmongSamples) return [];
  const warnings: Warning[] = [];
  for (const annotator of (await recording.annotators()).slice(0, MOST_SOURCES)) {
    const found = await recording.annotations(annotator);
    if (found.ok) warnings.push(...found.value.warnings);
    else {
      const { message, said } = found.error;
      warnings.push({ code: 'annotations', message, ...(said && { said }) });
    }
  }
  return warnings;
}
