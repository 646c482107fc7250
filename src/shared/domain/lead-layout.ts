import type { Lead } from './recording';
import { canonicalLeadName, shortLeadName } from './ecg-leads';

/** How twelve leads stand on the paper. */
export const LEAD_LAYOUTS = ['3x4', '6x2', '12x1', 'cabrera'] as const;
export type LeadLayout = (typeof LEAD_LAYOUTS)[number];

/** A part of every ten seconds of paper: column `index` of so many, each `widthS` wide. */
export interface LeadColumn {
  readonly index: number;
  readonly of: number;
  readonly widthS: number;
}

/** A lead in a row of the paper. */
export interface RowCell<L = Lead> {
  readonly lead: L;
  /** Null where it takes the whole row. */
  readonly column: LeadColumn | null;
  /** Shown upside down under this name, as -aVR. */
  readonly invertedAs?: string;
}
export type LeadRow<L = Lead> = readonly RowCell<L>[];

/** Columns follow one another in time, and with the next ten seconds they begin again. */
const PAGE_S = 10;
const LIMB = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF'];
const CHEST = ['V1', 'V2', 'V3', 'V4', 'V5', 'V6'];
/** The limb leads in the order of their angles, -30 to 120 degrees, aVR turned round to 30 (Cabrera). */
const CABRERA = ['aVL', 'I', '-aVR', 'II', 'aVF', 'III'];

const ROWS: Record<Exclude<LeadLayout, '12x1'>, readonly (readonly string[])[]> = {
  '3x4': [['I', 'aVR', 'V1', 'V4'], ['II', 'aVL', 'V2', 'V5'], ['III', 'aVF', 'V3', 'V6'], ['II']],
  '6x2': LIMB.map((name, i) => [name, CHEST[i]!]),
  cabrera: CABRERA.map((name, i) => [name, CHEST[i]!]),
};

/** Whether the twelve standard leads are among these. */
export function hasTwelveLeads(leads: readonly Pick<Lead, 'name'>[]): boolean {
  const names = new Set(leads.map(({ name }) => canonicalLeadName(name)));
  return [...LIMB, ...CHEST].every((name) => names.has(name));
}

/** Rows of the paper, top down. Without the twelve standard leads, or as 12 x 1, every lead has a row of its own. */
export function leadRows<L extends Pick<Lead, 'name'>>(
  layout: LeadLayout,
  leads: readonly L[],
): LeadRow<L>[] {
  if (layout === '12x1' || !hasTwelveLeads(leads)) {
    return leads.map((lead) => [{ lead, column: null }]);
  }
  const of = (name: string): L => leads.find((lead) => canonicalLeadName(lead.name) === name)!;
  return ROWS[layout].map((names) =>
    names.map((name, index): RowCell<L> => {
      const column =
        names.length === 1 ? null : { index, of: names.length, widthS: PAGE_S / names.length };
      return name.startsWith('-')
        ? { lead: of(name.slice(1)), column, invertedAs: name }
        : { lead: of(name), column };
    }),
  );
}

/** Name of a lead on the paper: the field's own, whatever the file writes. */
export function shownName({
  lead,
  invertedAs,
}: Pick<RowCell<Pick<Lead, 'name'>>, 'lead' | 'invertedAs'>): string {
  return invertedAs ?? shortLeadName(lead.name);
}

/** Parts of [fromS, toS) in which a column is drawn. */
export function columnSpans(
  column: LeadColumn | null | undefined,
  fromS: number,
  toS: number,
): { readonly startS: number; readonly endS: number }[] {
  if (!column) return [{ startS: fromS, endS: toS }];
  const { index, of, widthS } = column;
  const pageS = of * widthS;
  const spans: { startS: number; endS: number }[] = [];
  for (let page = Math.floor(fromS / pageS); page * pageS < toS; page++) {
    const startS = Math.max(fromS, page * pageS + index * widthS);
    const endS = Math.min(toS, page * pageS + (index + 1) * widthS);
    if (endS > startS) spans.push({ startS, endS });
  }
  return spans;
}

/** Whether a column shows a time. */
export function isInColumn(column: LeadColumn | null | undefined, timeS: number): boolean {
  if (!column) return true;
  return Math.floor(timeS / column.widthS + 1e-9) % column.of === column.index;
}
