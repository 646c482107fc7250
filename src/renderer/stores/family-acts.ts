import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type {
  BeatClass,
  BeatFamily,
  BeatsOfFamilies,
  Consequences,
  ReviewEdit,
} from '../../shared/domain';
import { BEAT_CLASSES } from '../analysis/beat-classes';
import { consequencesInWords, counted, type ConsequenceWords } from '../families/consequences';
import { isSeen } from '../families/order';
import { useTransport } from '../transport';
import { useAnalysis } from './analysis';
import { useFamilies } from './families';
import { useReview } from './review';
import { useSettings } from './settings';
import { useView } from './view';
import { say as inWords } from '../words';

/** What an act would change is asked for once the reader stays on a family. */
const PREVIEW_MS = 120;
/** How long the line with Undo stays. */
const SAID_MS = 10_000;
/** Acts of this sitting that are listed, and that are known so that an undo, or a redo, is told from them. */
const LISTED = 12;
const KNOWN = 500;

/** A line about what was done. */
export interface SaidAct {
  readonly family: string;
  readonly text: string;
  readonly atMs: number;
  readonly follows: string;
  /** The first of its beats, by which what it was about is found again. */
  readonly firstS: number;
  /** Its place in the trail; null for a line about what is no act with forms. */
  readonly place: number | null;
}

/** What a settled family says of beats of another: a proposal, never a decision. */
export interface Offer {
  /** Name of the settled family that they are like, and the class that it was given. */
  readonly of: string;
  readonly beatClass: BeatClass;
  readonly likeness: number;
  /** How many beats of the family it is about. */
  readonly beats: number;
}

/** What taking a proposal would do: that of the family in hand, and all of its class. */
export interface OfferWords {
  readonly one: ConsequenceWords;
  /** Null where there is no other of the class. */
  readonly all: ConsequenceWords | null;
}

/** What a reader does with families: one act and one undo for any number of beats, with what follows said before. */
export const useFamilyActs = defineStore('family-acts', () => {
  const analysis = useAnalysis();
  const families = useFamilies();
  const view = useView();
  const review = useReview();

  /** Beats that were taken out of their family, by its id: they stay as they are until they are relabelled. */
  const takenOut = shallowRef<ReadonlyMap<string, ReadonlySet<number>>>(new Map());
  const outOf = (id: string): ReadonlySet<number> => takenOut.value.get(id) ?? new Set();
  const said = shallowRef<SaidAct | null>(null);
  const made = shallowRef<readonly SaidAct[]>([]);
  const inForce = computed(() => new Set(review.state?.beatActs));
  /** Those of this sitting that stand, the newest first: wherever one was taken back or made again. */
  const standing = computed(() => made.value.filter(({ place }) => inForce.value.has(place ?? -1)));
  const listed = computed(() => standing.value.slice(0, LISTED));
  /** Proposals by the id of the family that they are about, the most alike first; of what is hidden nothing is said. */
  const offers = computed<ReadonlyMap<string, Offer>>(
    () =>
      new Map(
        families.all
          .flatMap((family) => {
            const { proposal } = family;
            const of = proposal && families.byId.get(proposal.of)?.family;
            if (!of || families.isHidden(family)) return [];
            return [[family.id, { ...proposal, of: families.nameOf(of) }] as const];
          })
          .sort(([, a], [, b]) => b.likeness - a.likeness),
      ),
  );
  /** Acts that are being made: a key that comes meanwhile is not for what will be in hand after. */
  const busy = computed(() => families.actsUnderWay);
  let underWay: Promise<unknown> = Promise.resolve();
  /** Runs an act, from the look at what it would do to what is shown after it: an undo that comes meanwhile is of it. */
  function acting(work: () => Promise<void>): Promise<void> {
    families.actsUnderWay++;
    const done = work().finally(() => families.actsUnderWay--);
    underWay = done.catch(() => undefined);
    return done;
  }

  function toggleOut(id: string, timeS: number): void {
    const own = new Set(outOf(id));
    if (!own.delete(timeS)) own.add(timeS);
    takenOut.value = new Map([...takenOut.value, [id, own]]);
  }
  function putBack(id: string): void {
    const next = new Map(takenOut.value);
    next.delete(id);
    takenOut.value = next;
  }

  /** Beats of families: all, without those that were taken out, or what of these the proposals are about. */
  function timesOf(targets: readonly BeatFamily[], which: 'all' | 'rest' | 'proposed'): number[] {
    const { timeS, proposed } = families.found?.members ?? {};
    if (!timeS || !proposed) return [];
    const lists = targets.map(({ id }) => {
      const out = which === 'all' ? new Set() : outOf(id);
      const members = families.membersOf(id);
      if (out.size === 0 && which !== 'proposed') return members;
      return members.filter(
        (beat) => !out.has(timeS[beat]!) && (which !== 'proposed' || proposed[beat] === 1),
      );
    });
    // Beats of one family stand in time order.
    const [only, ...others] = lists;
    if (only && others.length === 0) return Array.from(only, (beat) => timeS[beat]!);
    const beats = new Uint32Array(lists.reduce((sum, { length }) => sum + length, 0));
    let end = 0;
    for (const list of lists) {
      beats.set(list, end);
      end += list.length;
    }
    return Array.from(beats.sort(), (beat) => timeS[beat]!);
  }
  const namesOf = (targets: readonly BeatFamily[]): string =>
    targets
      .map(({ name }) => name)
      .join(', ')
      .slice(0, 200);
  const lettersOf = (targets: readonly BeatFamily[]): string => {
    const letters = [...new Set(targets.map(({ beatClass }) => beatClass))];
    return BEAT_CLASSES.filter((letter) => letters.includes(letter)).join(', ');
  };

  /** Families whose proposal is taken with that of the one in hand: itself, or all with a proposal of its class. */
  function offered(all: boolean): BeatFamily[] {
    const [only, ...others] = families.targets;
    const own = only && others.length === 0 ? offers.value.get(only.id) : undefined;
    if (!own) return [];
    if (!all) return [only!];
    return families.all.filter(({ id }) => offers.value.get(id)?.beatClass === own.beatClass);
  }
  // What each class would change, for what is in hand, said before it is done.
  const previews = shallowRef<ReadonlyMap<BeatClass, Consequences>>(new Map());
  const offerWords = shallowRef<OfferWords | null>(null);
  const subject = computed(() =>
    JSON.stringify([
      families.version,
      families.targets.map(({ id }) => [id, outOf(id).size]),
      analysis.analysisId,
      view.tab === 'beats',
    ]),
  );
  let asking: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  function askAgain(): void {
    asking?.abort();
    clearTimeout(timer);
    if (families.targets.length === 0 || view.tab !== 'beats' || busy.value > 0) return;
    const mine = (asking = new AbortController());
    timer = setTimeout(() => void previewAll(mine.signal), PREVIEW_MS);
  }
  watch(subject, () => {
    previews.value = new Map();
    offerWords.value = null;
    askAgain();
  });
  // No act waits behind what others would do; of what is in hand after it that is asked for.
  watch(() => busy.value > 0, askAgain, { flush: 'sync' });
  /** The class that a family is most often relabelled to comes first. */
  function likelyClasses(targets: readonly BeatFamily[]): BeatClass[] {
    const own = targets.length === 1 ? targets[0]!.beatClass : null;
    const byUse: readonly BeatClass[] =
      own === 'N' ? ['V', 'S', 'F', 'Q'] : ['N', 'V', 'S', 'F', 'Q'];
    return byUse.filter((beatClass) => beatClass !== own);
  }
  async function previewAll(signal: AbortSignal): Promise<void> {
    const targets = families.targets;
    if (beatsLeft(targets) === 0) return;
    await previewOffer(signal);
    for (const beatClass of likelyClasses(targets)) {
      const found = await preview(targets, 'rest', beatClass, signal);
      if (signal.aborted) return;
      if (found) previews.value = new Map([...previews.value, [beatClass, found]]);
    }
  }
  async function previewOffer(signal: AbortSignal): Promise<void> {
    const one = await offerPreview(offered(false), signal);
    if (signal.aborted || !one) return;
    const all = offered(true);
    offerWords.value = { one, all: all.length > 1 ? await offerPreview(all, signal) : null };
    if (signal.aborted) offerWords.value = null;
  }
  async function offerPreview(
    of: readonly BeatFamily[],
    signal: AbortSignal,
  ): Promise<ConsequenceWords | null> {
    const beats = timesOf(of, 'proposed').length;
    const beatClass = of[0] && offers.value.get(of[0].id)?.beatClass;
    if (!beatClass || beats === 0) return null;
    const found = await preview(of, 'proposed', beatClass, signal);
    return found && consequencesInWords(relabelWords(beats, of, beatClass), found);
  }
  const relabelWords = (beats: number, of: readonly BeatFamily[], to: BeatClass): string =>
    inWords('beats.actRelabel', { beats: counted(beats, 'beat'), from: lettersOf(of), to });
  function beatsOf(
    targets: readonly BeatFamily[],
    which: BeatsOfFamilies['which'],
  ): BeatsOfFamilies {
    const outS = which === 'all' ? [] : targets.flatMap((one) => [...outOf(one.id)]);
    return { families: targets.map((one) => one.id), which, outS };
  }
  /** What a class would change; the beats are named by their families, of which one of a day has 80 000. */
  async function preview(
    targets: readonly BeatFamily[],
    which: BeatsOfFamilies['which'],
    beatClass: BeatClass,
    signal?: AbortSignal,
  ): Promise<Consequences | null> {
    const id = analysis.analysisId;
    if (!id) return null;
    const of = beatsOf(targets, which);
    const result = await useTransport().call(
      'families.preview',
      { analysisId: id, of, beatClass, asker: useSettings().values.readerName },
      signal ? { signal } : {},
    );
    return result.ok ? result.value : null;
  }
  function relabelEdit(
    targets: readonly BeatFamily[],
    timesS: number[],
    beatClass: BeatClass,
  ): ReviewEdit {
    return { kind: 'relabel-beats', timesS, beatClass, family: namesOf(targets) };
  }
  /** What a class would do to what is in hand; null until it is known. */
  function words(beatClass: BeatClass): ConsequenceWords | null {
    const found = previews.value.get(beatClass);
    const { targets } = families;
    if (!found || targets.length === 0) return null;
    return consequencesInWords(relabelWords(beatsLeft(targets), targets, beatClass), found);
  }
  const beatsLeft = (targets: readonly BeatFamily[]): number =>
    targets.reduce((sum, one) => sum + one.beats - outOf(one.id).size, 0);

  function say(act: SaidAct): void {
    said.value = act;
    setTimeout(() => {
      if (said.value === act) said.value = null;
    }, SAID_MS);
  }

  /** Makes an edit and says what was done; false where it was not stored. */
  async function make(
    edit: ReviewEdit,
    family: string,
    text: string,
    follows = '',
    of: BeatsOfFamilies | null = null,
  ): Promise<boolean> {
    await review.edit(edit, undefined, of);
    if (review.failure) return false;
    const firstS = 'timesS' in edit ? edit.timesS[0]! : 0;
    const place = review.state?.beatActs.at(-1) ?? null;
    const act = { family, text, follows, firstS, place, atMs: Date.now() };
    made.value = [act, ...made.value].slice(0, KNOWN);
    say(act);
    await families.load();
    return true;
  }
  /** A key that came too early to know what it is about; it is said, since whoever pressed it counts on it. */
  const tooEarly = ref(false);
  function canAct(): boolean {
    const isEarly = review.state === null || families.actsUnderWay > 0;
    tooEarly.value = isEarly;
    if (isEarly) setTimeout(() => (tooEarly.value = false), SAID_MS);
    return !isEarly;
  }
  const placeOf = (id: string | undefined): number =>
    Math.max(
      0,
      families.shown.findIndex((one) => one.id === id),
    );

  /** Gives a class to the families in hand; to their own class it says that it is right. */
  async function relabel(beatClass: BeatClass): Promise<void> {
    const targets = families.targets;
    if (!canAct() || targets.length === 0) return;
    if (targets.every((one) => one.beatClass === beatClass)) return see();
    const known = previews.value.get(beatClass);
    await acting(() => give(targets, 'rest', beatClass, known));
  }

  /** Takes what is proposed of the family in hand, or of every family with a proposal of its class: one act, one undo. */
  async function accept(all: boolean): Promise<void> {
    const targets = offered(all);
    const beatClass = targets[0] && offers.value.get(targets[0].id)?.beatClass;
    if (!canAct() || !beatClass) return;
    await acting(() => give(targets, 'proposed', beatClass));
  }

  /** Gives a class to beats of families, says what followed, and goes on to what is proposed or was not seen. */
  async function give(
    targets: readonly BeatFamily[],
    which: 'rest' | 'proposed',
    beatClass: BeatClass,
    known?: Consequences,
  ): Promise<void> {
    const timesS = timesOf(targets, which);
    if (timesS.length === 0) return;
    const edit = relabelEdit(targets, timesS, beatClass);
    const found = known ?? (await preview(targets, which, beatClass));
    const act = relabelWords(timesS.length, targets, beatClass);
    const follows = found ? consequencesInWords(act, found, true).follows : '';
    const name = namesOf(targets);
    const at = placeOf(targets[0]!.id);
    if (!(await make(edit, name, act, follows, beatsOf(targets, which)))) return;
    for (const { id } of targets) putBack(id);
    const [first] = offers.value.keys();
    if (first !== undefined) families.show(first);
    else families.showUnseen(at);
  }

  /** Says that the families in hand have the right class, and goes on to the next that was not seen. */
  async function see(): Promise<void> {
    const targets = families.targets;
    if (!canAct() || targets.length === 0) return;
    const at = placeOf(targets[0]!.id);
    if (targets.every(isSeen)) return families.showUnseen(at);
    const timesS = timesOf(targets, 'rest');
    if (timesS.length === 0) return;
    const name = namesOf(targets);
    const text = inWords('beats.actSeen', {
      beats: counted(timesS.length, 'beat'),
      letters: lettersOf(targets),
    });
    await acting(async () => {
      const seen = { kind: 'see-beats', timesS, family: name } as const;
      if (await make(seen, name, text, '', beatsOf(targets, 'rest'))) families.showUnseen(at);
    });
  }

  /** Makes a form of its own of the beats that were taken out of the open family. */
  async function split(): Promise<void> {
    const family = families.open ?? families.current;
    if (!canAct() || !family) return;
    const timesS = [...outOf(family.id)].sort((a, b) => a - b);
    if (timesS.length === 0) return;
    const form = `part-${Math.round(1000 * timesS[0]!)}-${timesS.length}`;
    const edit: ReviewEdit = {
      kind: 'form-beats',
      timesS,
      form,
      beatClass: null,
      family: family.name,
    };
    const text = inWords('beats.actSplit', { beats: counted(timesS.length, 'beat') });
    await acting(async () => {
      if (await make(edit, family.name, text)) putBack(family.id);
    });
  }

  /** Gives a class to the beats that were taken out alone. */
  async function relabelOut(beatClass: BeatClass): Promise<void> {
    const family = families.open;
    if (!canAct() || !family) return;
    const timesS = [...outOf(family.id)].sort((a, b) => a - b);
    if (timesS.length === 0) return;
    const edit = relabelEdit([family], timesS, beatClass);
    await acting(async () => {
      const found = await preview([family], 'out', beatClass);
      const act = relabelWords(timesS.length, [family], beatClass);
      const follows = found ? consequencesInWords(act, found, true).follows : '';
      if (await make(edit, family.name, act, follows)) putBack(family.id);
    });
  }

  /**
   * Makes one form of the families that are chosen, of the class of the largest. With one alone in hand, the one that is
   * most like it is chosen first, so that the reader sees both.
   */
  async function merge(): Promise<void> {
    const targets = [...families.targets].sort((a, b) => b.beats - a.beats);
    const [largest] = targets;
    if (!canAct() || !largest) return;
    if (targets.length === 1) {
      const like = largest.alike[0];
      if (like) families.choose(like.id);
      return;
    }
    const timesS = timesOf(targets, 'all');
    const { beatClass } = largest;
    const moved = targets.filter((one) => one.beatClass !== beatClass);
    const changed = moved.reduce((sum, { beats }) => sum + beats, 0);
    const edit: ReviewEdit = {
      kind: 'form-beats',
      timesS,
      form: `all-${Math.round(1000 * timesS[0]!)}-${timesS.length}`,
      beatClass: changed > 0 ? beatClass : null,
      family: namesOf(targets),
    };
    const text = inWords('beats.actMerge', {
      beats: counted(timesS.length, 'beat'),
      changed:
        changed > 0
          ? inWords('beats.actMergeChanged', { beats: counted(changed, 'beat'), to: beatClass })
          : '',
    });
    await acting(async () => {
      const found = changed > 0 ? await preview(targets, 'all', beatClass) : null;
      const follows = found ? consequencesInWords('', found, true).follows : '';
      const of = beatsOf(targets, 'all');
      if (await make(edit, namesOf(targets), text, follows, of)) showFamilyAt(timesS[0]!);
    });
  }

  /** Takes the family of a beat in hand. */
  function showFamilyAt(timeS: number): void {
    const at = families.found?.members.timeS.indexOf(timeS) ?? -1;
    const family = families.all[families.found?.members.family[at] ?? -1];
    if (family) families.show(family.id);
  }

  /**
   * Takes the last act back once it is made; a second undo follows the first. The last act may be none with forms: then
   * it is said, as nothing of it is in sight here.
   */
  function undo(redo = false): Promise<void> {
    const before = underWay;
    return acting(async () => {
      await before;
      const stood = standing.value;
      const acts = review.state?.beatActs.length;
      const isThere = redo ? review.state?.canRedo : review.state?.canUndo;
      await review.undo(redo);
      said.value = null;
      const [fewer, more] = redo ? [stood, standing.value] : [standing.value, stood];
      const about = more.find((one) => !fewer.includes(one));
      if (isThere && !review.failure && acts === review.state?.beatActs.length) {
        const text = inWords(redo ? 'beats.redoneElsewhere' : 'beats.undoneElsewhere');
        say({ family: '', text, follows: '', firstS: 0, place: null, atMs: Date.now() });
      }
      await families.load();
      if (about) showFamilyAt(about.firstS);
    });
  }

  watch(
    () => analysis.analysisId,
    () => {
      takenOut.value = new Map();
      said.value = null;
      made.value = [];
    },
  );

  return {
    takenOut,
    outOf,
    toggleOut,
    putBack,
    said,
    tooEarly,
    listed,
    offers,
    offerWords,
    offered,
    busy,
    words,
    likelyClasses,
    relabel,
    accept,
    relabelOut,
    see,
    split,
    merge,
    undo,
  };
});
