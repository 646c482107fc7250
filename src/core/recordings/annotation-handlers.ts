import { basename, extname } from 'node:path';
import type { Handlers } from '../../shared/contract';
import { err, ok } from '../../shared/domain';
import { readAnnotations } from '../formats/wfdb';
import type { Library } from './library';
import type { ReaderCache } from './reader-cache';

/** An annotator is the extension of a file beside the record: letters, digits and `_`, never a path. */
const ANNOTATOR = /^[A-Za-z0-9_]+$/;

export function annotationReadHandler(
  library: Library,
  readers: ReaderCache,
): Pick<Handlers, 'annotations.read'> {
  return {
    async 'annotations.read'({ recordingId, annotator }) {
      const recording = library.find(recordingId);
      if (!recording.ok) return recording;
      if (!ANNOTATOR.test(annotator)) {
        return err('bad-input', `"${annotator}" is not the name of an annotator.`);
      }
      const { headerPath } = recording.value;
      const stem = headerPath.slice(0, -extname(headerPath).length);
      return readers.use(headerPath, async (reader) => {
        const file = await readAnnotations(`${stem}.${annotator}`);
        if (!file.ok) return file;
        const { annotations, timeResolutionHz } = file.value;
        const rateHz = timeResolutionHz ?? reader.frameRateHz;
        if (!(rateHz > 0)) {
          return err(
            'bad-annotation',
            `${basename(stem)}.${annotator} states no usable time resolution.`,
          );
        }
        return ok({
          annotator,
          timeS: Float64Array.from(annotations, ({ sample }) => sample / rateHz),
          symbol: annotations.map(({ symbol }) => symbol),
          aux: annotations.map(({ aux }) => aux),
        });
      });
    },
  };
}
