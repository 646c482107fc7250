import {
  shortLeadName,
  shownOrder,
  type Lead,
  type Segment,
  type TimeSpan,
} from '../../shared/domain';

/** The standard order, in columns of three. */
const STANDARD = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];
/** Leads that stand for twelve on a strip: limb, right and left chest. */
const ON_STRIPS = ['II', 'V1', 'V5'];
/** A page of twelve leads at 25 mm/s is this long. */
export const TWELVE_LEADS_S = 10;

/** Indices of the twelve standard leads in their order, or null where one of them is missing. */
export function twelveLeadsOf(leads: readonly Lead[]): number[] | null {
  const byName = new Map(
    leads.filter(({ isEcg }) => isEcg).map(({ name, index }) => [plain(name), index]),
  );
  const indices = STANDARD.map((name) => byName.get(name.toLowerCase()));
  return indices.every((index) => index !== undefined) ? indices : null;
}

/** The leads that strips show: of twelve three stand for all, which have a page of their own. */
export function leadsOnStrips(leads: readonly Lead[], most: number): Lead[] {
  const twelve = twelveLeadsOf(leads);
  if (twelve) {
    return ON_STRIPS.map((name) =>
      leads.find(({ index }) => index === twelve[STANDARD.indexOf(name)])!,
    );
  }
  const ecg = leads.filter(({ isEcg }) => isEcg);
  const drawn = ecg.length > 0 ? ecg : leads;
  return shownOrder(drawn)
    .map((place) => drawn[place]!)
    .slice(0, most);
}

/** The ten seconds that are drawn with all leads: the first that can be read. */
export function twelveLeadsAt(segments: readonly Segment[], durationS: number): TimeSpan {
  const readable = segments.find(({ verdict }) => verdict !== 'Unreadable');
  const startS = Math.min(readable?.startS ?? 0, Math.max(0, durationS - TWELVE_LEADS_S));
  return { startS, endS: Math.min(durationS, startS + TWELVE_LEADS_S) };
}

function plain(name: string): string {
  return shortLeadName(name.trim()).toLowerCase();
}
