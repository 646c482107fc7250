import {
  leadRows,
  shortLeadName,
  shownOrder,
  type Lead,
  type LeadColumn,
  type LeadLayout,
  type Segment,
  type TimeSpan,
} from '../../shared/domain';

/** The standard order, in columns of three. */
const STANDARD = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];
/** Leads that stand for twelve on a strip: limb, right and left chest. */
const ON_STRIPS = ['II', 'V1', 'V5'];
/** A page of twelve leads at 25 mm/s is this long. */
const TWELVE_LEADS_S = 10;

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

/** The part of the page's time that a lead in a column of it is drawn over; all of it where there is none. */
export function spanOf({ startS, endS }: TimeSpan, column: LeadColumn | null): TimeSpan {
  if (!column) return { startS, endS };
  const widthS = (endS - startS) / column.of;
  return {
    startS: startS + column.index * widthS,
    endS: startS + (column.index + 1) * widthS,
  };
}

/** Where the page of twelve leads shows which lead: by columns only a part of the page's time of each. */
export function twelveLeadPapers(
  page: TimeSpan & { readonly leads: readonly number[] },
  leads: readonly Lead[],
  layout: LeadLayout,
): (TimeSpan & { readonly leads: readonly number[] })[] {
  const drawn = page.leads.map((index) => leads.find((lead) => lead.index === index)!);
  return leadRows(layout, drawn).flatMap((row) =>
    row.map(({ lead, column }) => ({ ...spanOf(page, column), leads: [lead.index] })),
  );
}

function plain(name: string): string {
  return shortLeadName(name.trim()).toLowerCase();
}
