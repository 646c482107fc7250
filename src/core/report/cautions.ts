import { limitInWords } from '../../shared/domain/limit-words';
import type { ModelCard, RecordingInfo } from '../../shared/domain';
import { inWords } from '../../shared/domain/said';
import type { Words } from '../../shared/words';

/** Words with which headers speak of a pacemaker. */
const PACED = /\bpace(d|r|s|maker|makers)?\b|\bpacing\b/i;

/**
 * What a reader must know before believing page 1: a pacemaker that the model knows nothing of, amplitudes that
 * rest on an assumption, warnings from reading the files, leads that are not drawn.
 * @param identity false leaves out what could tell whose record it is: the header's words, names of files
 */
export function cautions(
  { comments, leads, warnings }: RecordingInfo,
  { limits }: Pick<ModelCard, 'limits'>,
  undrawn: readonly string[],
  identity: boolean,
  words: Words,
): string[] {
  const { say } = words;
  const found: string[] = [];
  const paced = comments.find((comment) => PACED.test(comment));
  if (paced !== undefined) {
    const limit = limits.find((sentence) => /\bpaced\b/i.test(sentence));
    const quoted = identity
      ? ` (${say('reportEnd.quoted', { words: paced.trim().replaceAll(/\s+/g, ' ') })})`
      : '';
    found.push(
      say('reportPages.paced', {
        words: quoted,
        limit: limit === undefined ? say('reportPages.pacedUnknown') : limitInWords(limit, words),
      }),
    );
  }
  const assumed = leads.filter(({ isEcg, gainAssumed }) => isEcg && gainAssumed);
  if (assumed.length > 0) {
    found.push(say('reportPages.noGain', { leads: assumed.map(({ name }) => name).join(', ') }));
  }
  if (undrawn.length > 0) found.push(say('reportPages.notDrawn', { leads: undrawn.join(', ') }));
  if (warnings.length > 0) {
    found.push(
      identity
        ? say('reportPages.warnings', {
            warnings: warnings.map((one) => inWords(one, words)).join(' '),
          })
        : say('reportPages.warningsCounted', {
            n: warnings.length,
            count: String(warnings.length),
          }),
    );
  }
  return found;
}
