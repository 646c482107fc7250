import {
  canonicalLeadName,
  ok,
  type Lead,
  type ModelCard,
  type Result,
  type Warning,
} from '../../shared/domain';
import { errSaid, warningSaid } from '../../shared/domain/said';
import { leadsOf } from '../recordings/recording-info';
import type { Analyser, AnalyserInput, AnalysisPlan } from './analyser';

/** What an analysis is going to do, and what a reader must know of it before believing it. */
export interface CheckedPlan extends AnalysisPlan {
  readonly warnings: readonly Warning[];
}

/**
 * What the analyser of a model makes of a recording, if the recording has the leads that the model's card asks for.
 * @returns `unsupported` where it has fewer ECG leads than the model needs, or was told to read fewer
 */
export function planAnalysis(analyser: Analyser, input: AnalyserInput): Result<CheckedPlan> {
  const { card } = input.model;
  const leads = leadsOf(input.recording);
  const ecg = leads.filter(({ isEcg }) => isEcg).length;
  const readable = input.lead === null ? ecg : 1;
  // Without any, the analyser says itself what it looked for.
  if (ecg > 0 && readable < card.leads.min) {
    return errSaid('unsupported', 'files.tooFewLeads', {
      id: card.id,
      least: card.leads.min,
      leads: card.leads.preferred.join(', '),
      name: input.recording.name,
      has: readable,
    });
  }
  const plan = analyser.plan(input);
  if (!plan.ok) return plan;
  return ok({ ...plan.value, warnings: otherLeads(leads, card, input.lead) });
}

/**
 * Says that a model reads leads other than its card declares, because the recording names its leads and none is of those.
 * @param lead index of the lead that the reader chose: what is chosen by hand needs no warning
 */
export function otherLeads(
  leads: readonly Pick<Lead, 'name' | 'isEcg'>[],
  { id, leads: { preferred } }: Pick<ModelCard, 'id' | 'leads'>,
  lead: number | null,
): readonly Warning[] {
  const declared = new Set(preferred.map(canonicalLeadName));
  const ecg = leads.filter(({ isEcg }) => isEcg);
  if (lead !== null || declared.size === 0 || ecg.length === 0) return [];
  const named = ecg.map(({ name }) => canonicalLeadName(name));
  // A lead whose name is no lead's may be any of them.
  if (named.some((name) => name === null || declared.has(name))) return [];
  const names = ecg.slice(0, 3).map(({ name }) => `"${name}"`);
  const more = ecg.length > names.length;
  return [
    warningSaid('other-leads', more ? 'warnings.otherLeadsMore' : 'warnings.otherLeads', {
      model: id,
      meant: preferred.join(', '),
      names: names.join(', '),
    }),
  ];
}
