import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type {
  ChosenStrip,
  Failure,
  Finding,
  ReportChange,
  ReportDraft,
  ReportIdentity,
  WrittenConclusion,
} from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import { useTransport } from '../transport';
import { pageWords } from '../words';
import { useAnalysis } from './analysis';
import { useReview } from './review';
import { useSettings } from './settings';

/** Decisions that come one after the other are one reading of the report. */
const SETTLED_MS = 400;

/** The report of the open recording as it stands: state, conclusion, strips; each change is an act that can be undone. */
export const useReport = defineStore('report', () => {
  const analysis = useAnalysis();
  const review = useReview();
  const settings = useSettings();
  const held = shallowRef<{ readonly of: string; readonly draft: ReportDraft } | null>(null);
  /** Null too while the reader reads second: it is of both reads. */
  const draft = computed(() =>
    held.value?.of === analysis.analysisId && !review.state?.apart ? held.value!.draft : null,
  );
  /** Strips just changed, until the draft that has them is there. */
  const sent = shallowRef<readonly ChosenStrip[] | null>(null);
  const failure = shallowRef<Failure | null>(null);
  const signing = ref(false);

  const strips = computed<readonly ChosenStrip[]>(() => sent.value ?? draft.value?.strips ?? []);
  const ids = computed(() => new Set(strips.value.map(({ id }) => id)));

  let readings = 0;
  /** Changes that have been sent and not yet stored. */
  let changing = 0;
  /** The last of them, until the report is read again with it. */
  let changed: Promise<void> = Promise.resolve();
  /** The newest reading of the report. */
  let newest: Promise<void> = Promise.resolve();
  /**
   * Reads the report. An answer that a later reading has overtaken is dropped: whoever asked waits for that one, as what
   * is shown until then is from before.
   */
  async function load(): Promise<void> {
    newest = read();
    for (let last: unknown = null; last !== newest;) {
      last = newest;
      await newest;
    }
  }
  async function read(): Promise<void> {
    const id = analysis.analysisId;
    if (!id || analysis.status?.state !== 'done') return;
    const reading = ++readings;
    const result = await useTransport().call('report.draft', {
      analysisId: id,
      asker: settings.values.readerName,
      language: pageWords().language,
    });
    if (reading !== readings || analysis.analysisId !== id) return;
    if (!result.ok) {
      failure.value = result.error;
      return;
    }
    held.value = { of: id, draft: result.value };
    // A draft from before a change that is on its way does not have it yet.
    if (changing === 0) sent.value = null;
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(
    [() => review.state, () => analysis.status?.state, () => pageWords().language],
    () => {
      clearTimeout(timer);
      timer = setTimeout(() => void load(), SETTLED_MS);
    },
    { immediate: true },
  );

  function change(report: ReportChange): Promise<void> {
    const stored = store(report);
    changed = stored.catch(() => undefined);
    return stored;
  }
  async function store(report: ReportChange): Promise<void> {
    failure.value = null;
    if (report.strips) sent.value = report.strips;
    changing++;
    // What is being read now is how it was before.
    readings++;
    try {
      await review.edit({ kind: 'edit-report', report });
    } finally {
      changing--;
    }
    await load();
  }

  /** The strips in this order and with these words; null lets the program choose again. */
  function setStrips(next: readonly ChosenStrip[] | null): Promise<void> {
    return change({
      strips:
        next &&
        next.map(({ id, findingId, startS, endS, title, comment }) => {
          return { id, findingId, startS, endS, title, comment };
        }),
    });
  }

  /** Puts something on the report, or takes it off where it is on it. @returns whether it is on it now */
  function toggle(strip: ChosenStrip): boolean {
    if (!draft.value) return false;
    const isOn = ids.value.has(strip.id);
    const next = isOn ? strips.value.filter(({ id }) => id !== strip.id) : [...strips.value, strip];
    void setStrips(next);
    return !isOn;
  }

  const move = (from: number, to: number): void => {
    if (to < 0 || to >= strips.value.length || from === to) return;
    const next = [...strips.value];
    next.splice(to, 0, ...next.splice(from, 1));
    void setStrips(next);
  };

  const setConclusion = (conclusion: WrittenConclusion | null): Promise<void> =>
    change({ conclusion });
  const setIdentity = (identity: ReportIdentity | null): Promise<void> => change({ identity });

  /** Makes the report final as it is shown. @returns whether it is */
  async function sign(identity: boolean): Promise<boolean> {
    if (!draft.value || signing.value) return false;
    if (analysis.isEarlier) {
      failure.value = errSaid('conflict', 'failures.earlierReading').error;
      return false;
    }
    signing.value = true;
    failure.value = null;
    // Words that the reader has just left are part of what is signed.
    await changed;
    const shown = draft.value;
    if (!shown) {
      signing.value = false;
      return false;
    }
    const result = await useTransport().call('report.sign', {
      analysisId: shown.analysisId,
      sequence: shown.sequence,
      reader: settings.values.readerName,
      paper: settings.values.paper,
      identity,
      language: pageWords().language,
    });
    signing.value = false;
    if (!result.ok) {
      failure.value = result.error;
      return false;
    }
    readings++;
    held.value = { of: shown.analysisId, draft: result.value };
    return true;
  }

  return {
    draft,
    strips,
    ids,
    failure,
    signing,
    load,
    setStrips,
    toggle,
    move,
    setConclusion,
    setIdentity,
    sign,
  };
});

/** The strip of an event. */
export function stripOfFinding({ id, startS, endS }: Finding): ChosenStrip {
  return { id, findingId: id, startS, endS, title: '', comment: '' };
}

/** The strip of a stretch of the recording. */
export function stripOfStretch(startS: number, endS: number, title: string): ChosenStrip {
  const id = `stretch@${Math.round(1000 * startS)}-${Math.round(1000 * endS)}`;
  return { id, findingId: null, startS, endS, title, comment: '' };
}
