import { canonicalLeadName, type Lead } from '../../shared/domain';

const PREFERRED = ['MLII', 'II'];

/**
 * The lead that a single-lead model reads when the person has not chosen: the first of the preferred names that
 * the record has, else its first ECG lead.
 * @param preferred names in order of preference, compared as `canonicalLeadName` has them
 * @returns index of the lead, or null when the record has no ECG lead
 */
export function leadForModel(
  leads: readonly Pick<Lead, 'index' | 'name' | 'isEcg'>[],
  preferred: readonly string[] = PREFERRED,
): number | null {
  for (const name of preferred) {
    const lead = leads.find(
      (candidate) =>
        candidate.isEcg && canonicalLeadName(candidate.name) === canonicalLeadName(name),
    );
    if (lead) return lead.index;
  }
  return leads.find((lead) => lead.isEcg)?.index ?? null;
}
