import type { ModelCard, RecordingInfo } from '../../shared/domain';

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
): string[] {
  const found: string[] = [];
  const paced = comments.find((comment) => PACED.test(comment));
  if (paced !== undefined) {
    const limit = limits.find((sentence) => /\bpaced\b/i.test(sentence));
    const words = identity ? ` (“${paced.trim().replaceAll(/\s+/g, ' ')}”)` : '';
    found.push(
      `The record's header speaks of a pacemaker${words}. ${limit ?? 'Nothing is known of how this model judges paced hearts.'}`,
    );
  }
  const assumed = leads.filter(({ isEcg, gainAssumed }) => isEcg && gainAssumed);
  if (assumed.length > 0) {
    found.push(
      `The header states no gain for ${assumed.map(({ name }) => name).join(', ')}: 200 ADU/mV is assumed, and amplitudes may be wrong.`,
    );
  }
  if (undrawn.length > 0) found.push(`Leads that are not drawn: ${undrawn.join(', ')}.`);
  if (warnings.length > 0) {
    found.push(
      identity
        ? `From reading the record: ${warnings.map(({ message }) => message).join(' ')}`
        : `Reading the record gave ${warnings.length} warning${warnings.length > 1 ? 's' : ''}.`,
    );
  }
  return found;
}
