import { CHAIN_START, chainHash, type ChainedEvent } from './event-rows';

export interface Mended {
  /** Events in the order of the store; where steps were lost, to be numbered and chained anew. */
  readonly events: readonly ChainedEvent[];
  /** Steps that are nowhere any more, by analysis. */
  readonly lost: ReadonlyMap<string, number>;
}

/**
 * The trails that events from several places make, whole or damaged, in any order and any number of times: of each
 * analysis the longest run of steps each of which is chained to the one before. After a step that is nowhere any more,
 * those that are what they were go on. A damaged copy of a step that is there as it was written is none, wherever it claims
 * to belong.
 */
export function mendChains(found: Iterable<ChainedEvent>): Mended {
  const byAnalysis = new Map<string, Steps>();
  for (const event of found) {
    const steps = upsert(byAnalysis, event.analysisId, () => new Map());
    // Two that claim one hash: the one whose content agrees with it is found by its link.
    upsert(steps, event.sequence, () => new Map()).set(contentOf(event), event);
  }
  const events: ChainedEvent[] = [];
  const lost = new Map<string, number>();
  const whole = [...byAnalysis.values()].flatMap((steps) => wholeOf(steps));
  dropCopies(byAnalysis, whole);
  for (const [analysisId, steps] of byAnalysis) {
    const kept = chainOf(steps);
    for (const event of kept.events) events.push(event);
    if (kept.lost > 0) lost.set(analysisId, kept.lost);
  }
  return { events: events.sort((a, b) => a.position - b.position), lost };
}

type Steps = Map<number, Map<string, ChainedEvent>>;

function chainOf(steps: Steps): { events: ChainedEvent[]; lost: number } {
  const events: ChainedEvent[] = [];
  const last = [...steps.keys()].reduce((most, sequence) => Math.max(most, sequence), 0);
  let lost = 0;
  /** Hashes that the next step may be chained to; null where the step before is nowhere. */
  let hashes: string[] | null = [CHAIN_START];
  for (let sequence = 1; sequence <= last; sequence++) {
    const candidates = [...(steps.get(sequence)?.values() ?? [])];
    const known: string[] | null = hashes;
    const next = candidates.find(
      (event) => known === null || known.some((hash) => event.hash === chainHash(hash, event)),
    );
    if (next) events.push(next);
    else lost++;
    // A changed step still has the hash that the one after it is chained to.
    const own: string[] = next ? [next.hash] : candidates.map(({ hash }) => hash);
    hashes = own.length > 0 ? own : null;
  }
  return { events, lost };
}

/** The steps from the first on, each chained to the one before. */
function wholeOf(steps: Steps): ChainedEvent[] {
  const whole: ChainedEvent[] = [];
  for (let hash = CHAIN_START; ;) {
    const candidates = [...(steps.get(whole.length + 1)?.values() ?? [])];
    const next = candidates.find((event) => event.hash === chainHash(hash, event));
    if (!next) return whole;
    whole.push(next);
    ({ hash } = next);
  }
}

/** Takes out what is the same step as one of those, told by its hash or by its place in the store. */
function dropCopies(byAnalysis: Map<string, Steps>, whole: readonly ChainedEvent[]): void {
  const kept = new Set(whole);
  const marks = new Set(whole.flatMap((event) => marksOf(event)));
  for (const [analysisId, steps] of byAnalysis) {
    for (const [sequence, candidates] of steps) {
      for (const [content, event] of candidates) {
        if (!kept.has(event) && marksOf(event).some((mark) => marks.has(mark)))
          candidates.delete(content);
      }
      if (candidates.size === 0) steps.delete(sequence);
    }
    if (steps.size === 0) byAnalysis.delete(analysisId);
  }
}

const marksOf = ({ hash, position, atMs, edit }: ChainedEvent): string[] => [
  hash,
  JSON.stringify([position, atMs, edit]),
];

function contentOf({ hash, edit, reader, action }: ChainedEvent): string {
  return JSON.stringify([hash, edit, reader, action]);
}

function upsert<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
