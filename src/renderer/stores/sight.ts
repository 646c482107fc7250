import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { useView } from './view';

/** The line about a key that did nothing stays for this long. */
const SAID_MS = 10_000;
/** Paper that was moved by less than this part of its width still shows what is decided on. */
const SLACK = 0.1;
/** What has no length, as a beat. */
const LEAST_S = 1e-3;

/** What is said of a key, by its words. */
type Said = 'notDrawn' | 'notOnPaper' | 'undoneElsewhere' | 'redoneElsewhere';

/** Whether a reader sees what they decide on: it is on the paper, and its signal is drawn there. */
export const useSight = defineStore('sight', () => {
  const view = useView();

  /** What the last picture of the paper shows, with all of its signal; null while some of it is still being read. */
  const drawn = shallowRef<{ readonly leftS: number; readonly rightS: number } | null>(null);
  /** Whether the signal is drawn where the paper stands: it is there some time before its signal. */
  const isDrawn = computed(() => {
    const { leftS, spanS } = view;
    if (!drawn.value) return false;
    const movedS = Math.abs(drawn.value.leftS - leftS);
    const widenedS = Math.abs(drawn.value.rightS - leftS - spanS);
    return Math.max(movedS, widenedS) <= SLACK * spanS;
  });

  /**
   * Why the last key of a decision did nothing, or not what its reader sees, which is said: whoever pressed it counts
   * on it.
   */
  const refused = ref<Said | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Says why a key does nothing; null takes back what was said. */
  function refuse(why: Said | null): boolean {
    clearTimeout(timer);
    refused.value = why;
    if (why !== null) timer = setTimeout(() => (refused.value = null), SAID_MS);
    return why === null;
  }

  /** Whether anything may be decided now: not while the paper shows no signal yet. */
  const mayDecide = (): boolean => refuse(isDrawn.value ? null : 'notDrawn');

  /** Whether at least half of a stretch is on the paper, or half a paper's width of it. */
  function isOnPaper(startS: number, endS: number): boolean {
    const seenS = Math.min(endS, view.leftS + view.spanS) - Math.max(startS, view.leftS);
    const lengthS = Math.max(endS - startS, LEAST_S);
    return seenS >= 0 && seenS >= 0.5 * Math.min(lengthS, view.spanS) - LEAST_S;
  }

  /** Whether a stretch may be decided on; where it is not on the paper it is brought back, and nothing is decided. */
  function mayDecideOn(startS: number, endS: number, bringBack: () => void): boolean {
    if (isOnPaper(startS, endS)) return mayDecide();
    bringBack();
    return refuse('notOnPaper');
  }

  return { drawn, isDrawn, refused, refuse, mayDecide, mayDecideOn };
});
