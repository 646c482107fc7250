import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { BeatClass, BeatFamily, Consequences, ReviewEdit } from '../../shared/domain';
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

/** Families this much alike are offered after one of them was relabelled. */
const OFFERED = 0.8;
/** What an act would change is asked for once the reader stays on a family. */
const PREVIEW_MS = 120;
/** How long the line with Undo stays. */
const SAID_MS = 10_000;
/** Acts of this sitting that are listed. */
const LISTED = 12;

/** A line about what was done. */
export interface SaidAct {
  readonly family: string;
  readonly text: string;
  readonly atMs: number;
  readonly follows: string;
  /** The first of its beats, by which what it was about is found again. */
  readonly firstS: number;
}

/** A family that is like one that was just relabelled. */
export interface Offer {
  /** Name and class of the one that was relabelled. */
  readonly of: string;
  readonly beatClass: BeatClass;
  readonly likeness: number;
}

/** What a reader does with families: one act and one undo for any number of beats, with what follows said before. */
export const useFamilyActs = defineStore('family-acts', () => {
  const analysis = useAnalysis();
  const families = useFamilies();
  const view = useView();
  const review = useReview();

  /** Beats that were taken out of their family, by its id: they stay as they are until they are relabelled. */
  const takenOut = ref<ReadonlyMap<string, ReadonlySet<number>>>(new Map());
  const outOf = (id: string): ReadonlySet<number> => takenOut.value.get(id) ?? new Set();
  const said = shallowRef<SaidAct | null>(null);
  const listed = shallowRef<readonly SaidAct[]>([]);
  /** Families that look like the one relabelled last, by id. */
  const offers = shallowRef<ReadonlyMap<string, Offer>>(new Map());
  /** Acts that are being made: a key that comes meanwhile is not for what will be in hand after. */
  const busy = computed(() => families.actsUnderWay);

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

  /** Beats of families without those that were taken out. */
  function timesOf(targets: readonly BeatFamily[]): number[] {
    return targets
      .flatMap(({ id }) => families.timesOf(id).filter((timeS) => !outOf(id).has(timeS)))
      .sort((a, b) => a - b);
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

  // What each class would change, for what is in hand, said before it is done.
  const previews = shallowRef<ReadonlyMap<BeatClass, Consequences>>(new Map());
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
  watch(subject, () => {
    asking?.abort();
    clearTimeout(timer);
    previews.value = new Map();
    if (families.targets.length === 0 || view.tab !== 'beats') return;
    const mine = (asking = new AbortController());
    timer = setTimeout(() => void previewAll(mine.signal), PREVIEW_MS);
  });
  /** The class that a family is most often relabelled to comes first. */
  function likelyClasses(targets: readonly BeatFamily[]): BeatClass[] {
    const own = targets.length === 1 ? targets[0]!.beatClass : null;
    const byUse: readonly BeatClass[] =
      own === 'N' ? ['V', 'S', 'F', 'Q'] : ['N', 'V', 'S', 'F', 'Q'];
    return byUse.filter((beatClass) => beatClass !== own);
  }
  async function previewAll(signal: AbortSignal): Promise<void> {
    const targets = families.targets;
    const timesS = timesOf(targets);
    if (timesS.length === 0) return;
    for (const beatClass of likelyClasses(targets)) {
      const found = await preview(relabelEdit(targets, timesS, beatClass), signal);
      if (signal.aborted) return;
      if (found) previews.value = new Map([...previews.value, [beatClass, found]]);
    }
  }
  async function preview(edit: ReviewEdit, signal?: AbortSignal): Promise<Consequences | null> {
    const id = analysis.analysisId;
    if (!id) return null;
    const result = await useTransport().call(
      'review.preview',
      { analysisId: id, edit, asker: useSettings().values.readerName },
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
    const beats = targets.reduce((sum, one) => sum + one.beats - outOf(one.id).size, 0);
    return consequencesInWords(
      inWords('beats.actRelabel', {
        beats: counted(beats, 'beat'),
        from: lettersOf(targets),
        to: beatClass,
      }),
      found,
    );
  }

  function say(act: SaidAct): void {
    said.value = act;
    listed.value = [act, ...listed.value].slice(0, LISTED);
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
  ): Promise<boolean> {
    families.actsUnderWay++;
    try {
      await review.edit(edit);
      if (review.failure) return false;
      const firstS = 'timesS' in edit ? edit.timesS[0]! : 0;
      say({ family, text, follows, firstS, atMs: Date.now() });
      await families.load();
      return true;
    } finally {
      families.actsUnderWay--;
    }
  }
  const canAct = (): boolean => review.state !== null && busy.value === 0;
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
    const timesS = timesOf(targets);
    if (timesS.length === 0) return;
    const edit = relabelEdit(targets, timesS, beatClass);
    const found = previews.value.get(beatClass) ?? (await preview(edit));
    const act = inWords('beats.actRelabel', {
      beats: counted(timesS.length, 'beat'),
      from: lettersOf(targets),
      to: beatClass,
    });
    const follows = found ? consequencesInWords(act, found, true).follows : '';
    const name = namesOf(targets);
    const at = placeOf(targets[0]!.id);
    if (!(await make(edit, name, act, follows))) return;
    for (const { id } of targets) putBack(id);
    offer(name, beatClass, new Set(timesS), new Set(targets.map(({ id }) => id)));
    const [first] = offers.value.keys();
    if (first !== undefined) families.show(first);
    else families.showUnseen(at);
  }

  /** Offers families that look like what was just given a class, and have another. */
  function offer(
    of: string,
    beatClass: BeatClass,
    timesS: ReadonlySet<number>,
    left: ReadonlySet<string>,
  ): void {
    const members = families.found?.members;
    const now = new Set<number>();
    members?.timeS.forEach((timeS, i) => {
      if (timesS.has(timeS)) now.add(members.family[i]!);
    });
    const found: [string, Offer][] = [];
    for (const at of now) {
      for (const { id, likeness } of families.all[at]?.alike ?? []) {
        const other = families.byId.get(id);
        // What was taken out of them just now was taken out because it is not like them.
        if (!other || now.has(other.at) || left.has(id) || likeness < OFFERED) continue;
        if (other.family.beatClass === beatClass || isSeen(other.family)) continue;
        found.push([id, { of, beatClass, likeness }]);
      }
    }
    offers.value = new Map(found.sort(([, a], [, b]) => b.likeness - a.likeness));
  }

  /** Says that the families in hand have the right class, and goes on to the next that was not seen. */
  async function see(): Promise<void> {
    const targets = families.targets;
    if (!canAct() || targets.length === 0) return;
    const at = placeOf(targets[0]!.id);
    if (targets.every(isSeen)) return families.showUnseen(at);
    const timesS = timesOf(targets);
    if (timesS.length === 0) return;
    const name = namesOf(targets);
    const text = inWords('beats.actSeen', {
      beats: counted(timesS.length, 'beat'),
      letters: lettersOf(targets),
    });
    if (!(await make({ kind: 'see-beats', timesS, family: name }, name, text))) return;
    offers.value = new Map(
      [...offers.value].filter(([id]) => !targets.some((one) => one.id === id)),
    );
    families.showUnseen(at);
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
    if (
      !(await make(
        edit,
        family.name,
        inWords('beats.actSplit', { beats: counted(timesS.length, 'beat') }),
      ))
    )
      return;
    putBack(family.id);
  }

  /** Gives a class to the beats that were taken out alone. */
  async function relabelOut(beatClass: BeatClass): Promise<void> {
    const family = families.open;
    if (!canAct() || !family) return;
    const timesS = [...outOf(family.id)].sort((a, b) => a - b);
    if (timesS.length === 0) return;
    const edit = relabelEdit([family], timesS, beatClass);
    const found = await preview(edit);
    const act = inWords('beats.actRelabel', {
      beats: counted(timesS.length, 'beat'),
      from: family.beatClass,
      to: beatClass,
    });
    const follows = found ? consequencesInWords(act, found, true).follows : '';
    if (await make(edit, family.name, act, follows)) putBack(family.id);
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
    const timesS = targets.flatMap(({ id }) => families.timesOf(id)).sort((a, b) => a - b);
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
    const found = changed > 0 ? await preview(edit) : null;
    const text = inWords('beats.actMerge', {
      beats: counted(timesS.length, 'beat'),
      changed:
        changed > 0
          ? inWords('beats.actMergeChanged', { beats: counted(changed, 'beat'), to: beatClass })
          : '',
    });
    const follows = found ? consequencesInWords('', found, true).follows : '';
    if (!(await make(edit, namesOf(targets), text, follows))) return;
    showFamilyAt(timesS[0]!);
  }

  /** Takes the family of a beat in hand. */
  function showFamilyAt(timeS: number): void {
    const at = families.found?.members.timeS.indexOf(timeS) ?? -1;
    const family = families.all[families.found?.members.family[at] ?? -1];
    if (family) families.show(family.id);
  }

  async function undo(redo = false): Promise<void> {
    if (busy.value > 0) return;
    families.actsUnderWay++;
    try {
      await review.undo(redo);
      said.value = null;
      offers.value = new Map();
      const [last, ...rest] = listed.value;
      if (last && !redo) listed.value = rest;
      await families.load();
      if (last) showFamilyAt(last.firstS);
    } finally {
      families.actsUnderWay--;
    }
  }

  watch(
    () => analysis.analysisId,
    () => {
      takenOut.value = new Map();
      said.value = null;
      listed.value = [];
      offers.value = new Map();
    },
  );

  return {
    takenOut,
    outOf,
    toggleOut,
    putBack,
    said,
    listed,
    offers,
    busy,
    words,
    likelyClasses,
    relabel,
    relabelOut,
    see,
    split,
    merge,
    undo,
  };
});
