import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { MethodOutput } from '../../shared/contract';
import type { BeatClass, BeatFamily, Failure } from '../../shared/domain';
import { BEAT_CLASSES } from '../analysis/beat-classes';
import { membersByFamily } from '../families/members';
import { isSeen, ordered, type FamilyOrder } from '../families/order';
import { useTransport } from '../transport';
import { useAnalysis } from './analysis';
import { useBlind } from './blind';
import { createChanging } from './changing';
import { useFindings } from './findings';
import { useReview } from './review';
import { useSettings } from './settings';
import { untilCurrent } from './until-current';
import { useView } from './view';
import { say } from '../words';
import { sayFamily } from '../words/family-name';

export type FamilyList = MethodOutput<'families.list'>;

/** Beats of a class with their share and forms. */
export interface ClassCount {
  readonly beatClass: BeatClass;
  readonly beats: number;
  readonly forms: number;
}

/** The beats of the open recording by form and class, the family in hand, and what of it is shown. */
export const useFamilies = defineStore('families', () => {
  const analysis = useAnalysis();
  const findings = useFindings();
  const review = useReview();
  const blind = useBlind();
  const settings = useSettings();
  const view = useView();

  const held = shallowRef<{ readonly of: string; readonly value: FamilyList } | null>(null);
  const failure = shallowRef<Failure | null>(null);
  /** Share of comparing all beats that is done; null while nobody compares. */
  const progress = ref<number | null>(null);
  /** Acts that read the families themselves once they are made. */
  const actsUnderWay = ref(0);
  /** Counts what has arrived. */
  const version = ref(0);

  const order = ref<FamilyOrder>('size');
  const onlyClass = ref<BeatClass | null>(null);
  const currentId = ref<string | null>(null);
  /** Families that are chosen together with the one in hand. */
  const chosen = ref<ReadonlySet<string>>(new Set());
  /** The family whose beats are shown one by one. */
  const openId = ref<string | null>(null);
  const showLead = ref<number | null>(null);
  const meanOnly = ref(false);

  const found = computed(() => (held.value?.of === analysis.analysisId ? held.value!.value : null));
  const all = computed<readonly BeatFamily[]>(() => found.value?.families ?? []);
  const byId = computed(() => new Map(all.value.map((family, at) => [family.id, { family, at }])));
  const shown = computed(() =>
    ordered(all.value, order.value).filter(
      ({ beatClass }) => onlyClass.value === null || beatClass === onlyClass.value,
    ),
  );
  const current = computed(() =>
    currentId.value === null ? null : (byId.value.get(currentId.value)?.family ?? null),
  );
  const open = computed(() =>
    openId.value === null ? null : (byId.value.get(openId.value)?.family ?? null),
  );
  const total = computed(() => found.value?.members.timeS.length ?? 0);
  const forms = computed(() => all.value.filter(({ alone }) => !alone));
  const seenForms = computed(() => forms.value.filter(isSeen).length);
  const seenBeats = computed(() => all.value.reduce((sum, { seen }) => sum + seen, 0));
  const aloneBeats = computed(() =>
    all.value.reduce((sum, { alone, beats }) => sum + (alone ? beats : 0), 0),
  );
  const classes = computed<readonly ClassCount[]>(() =>
    BEAT_CLASSES.map((beatClass) => {
      const own = all.value.filter((family) => family.beatClass === beatClass);
      return {
        beatClass,
        beats: own.reduce((sum, { beats }) => sum + beats, 0),
        forms: own.filter(({ alone }) => !alone).length,
      };
    }),
  );
  /** Blind-first: the class of a family is hidden until the reader has given one. */
  const isHidden = (family: BeatFamily): boolean => blind.on && !isSeen(family);
  function nameOf(family: BeatFamily): string {
    if (!isHidden(family)) return sayFamily(family.name);
    return say('beats.hiddenForm', { n: forms.value.indexOf(family) + 1 || say('beats.alone') });
  }
  /** Leads that are drawn, by their place in the shapes. */
  const leads = computed<readonly number[]>((before) => {
    const count = found.value?.grid.leads.length ?? 0;
    const one = showLead.value;
    const now = one !== null && one < count ? [one] : Array.from({ length: count }, (_, i) => i);
    return before?.join() === now.join() ? before : now;
  });

  const members = computed(() =>
    membersByFamily(found.value?.members.family ?? new Uint16Array(0), all.value.length),
  );
  /** Members of a family: indices into `found.members`, in time order. */
  function membersOf(id: string): Uint32Array {
    const at = byId.value.get(id)?.at;
    return at === undefined ? new Uint32Array(0) : members.value(at);
  }

  /** Beats have changed since the families were read. */
  let stale = false;
  let asked: AbortController | null = null;
  const ask = createChanging<FamilyList>('families.listSince');
  const load = untilCurrent(async () => {
    stale = false;
    const id = analysis.analysisId;
    if (!id || analysis.status?.state !== 'done') return false;
    asked = new AbortController();
    const { signal } = asked;
    const result = await ask({ analysisId: id, asker: settings.values.readerName }, { signal });
    progress.value = null;
    if (analysis.analysisId !== id) return analysis.analysisId !== null;
    if (!result.ok) failure.value = result.error.code === 'cancelled' ? null : result.error;
    else {
      held.value = { of: id, value: result.value };
      failure.value = null;
      keepInHand();
      version.value++;
    }
    return false;
  });
  /** The family in hand stays; where it is gone the first takes its place. */
  function keepInHand(): void {
    if (currentId.value !== null && !byId.value.has(currentId.value)) currentId.value = null;
    if (openId.value !== null && !byId.value.has(openId.value)) openId.value = null;
    chosen.value = new Set([...chosen.value].filter((id) => byId.value.has(id)));
    currentId.value ??=
      shown.value.find((family) => !isSeen(family))?.id ?? shown.value[0]?.id ?? null;
  }

  useTransport().on('families.progress', ({ analysisId, done }) => {
    if (analysisId === analysis.analysisId) progress.value = done;
  });

  // Compared once all is found, so that the tab opens at once; afterwards whenever beats change and somebody looks.
  watch(
    () => [findings.version, analysis.status?.state === 'done', view.tab] as const,
    () => {
      const isFinal = findings.found?.soFar === false && analysis.status?.state === 'done';
      if (isFinal && (!found.value || (stale && view.tab === 'beats'))) void load();
    },
  );
  watch(
    () => analysis.analysisId,
    () => {
      asked?.abort();
      currentId.value = null;
      openId.value = null;
      chosen.value = new Set();
      onlyClass.value = null;
      showLead.value = null;
      failure.value = null;
      progress.value = null;
    },
  );
  watch(
    () => review.state,
    (state, before) => {
      if (!state || !before || !found.value || actsUnderWay.value > 0) return;
      stale = true;
      if (view.tab === 'beats') void load();
    },
    { flush: 'sync' },
  );

  function show(id: string): void {
    currentId.value = id;
    chosen.value = new Set();
  }
  /** Adds a family to those that are chosen, or lets go of it. */
  function choose(id: string): void {
    const next = new Set(chosen.value);
    if (currentId.value !== null && next.size === 0) next.add(currentId.value);
    if (next.has(id) && id !== currentId.value) next.delete(id);
    else next.add(id);
    currentId.value = id;
    chosen.value = next.size > 1 ? next : new Set();
  }
  function step(by: number, extend = false): void {
    const at = shown.value.findIndex(({ id }) => id === currentId.value);
    const next = shown.value[Math.min(shown.value.length - 1, Math.max(0, at + by))];
    if (!next || next.id === currentId.value) return;
    if (extend) choose(next.id);
    else show(next.id);
  }
  /** Shows the next family that was not seen, after the one at a place in the list. */
  function showUnseen(after: number): void {
    const list = shown.value;
    for (let i = 0; i < list.length; i++) {
      const next = list[(after + i + list.length) % list.length]!;
      if (isSeen(next)) continue;
      show(next.id);
      return;
    }
  }
  /** What an act is about: the families that are chosen, or the one in hand. */
  const targets = computed<readonly BeatFamily[]>(() => {
    if (chosen.value.size > 1) return all.value.filter(({ id }) => chosen.value.has(id));
    return current.value ? [current.value] : [];
  });

  return {
    found,
    failure,
    progress,
    version,
    actsUnderWay,
    order,
    onlyClass,
    currentId,
    current,
    chosen,
    openId,
    open,
    showLead,
    meanOnly,
    all,
    byId,
    shown,
    forms,
    total,
    seenForms,
    seenBeats,
    aloneBeats,
    classes,
    leads,
    targets,
    isHidden,
    nameOf,
    membersOf,
    load,
    show,
    choose,
    step,
    showUnseen,
  };
});
