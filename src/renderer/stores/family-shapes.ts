import { defineStore } from 'pinia';
import { ref, watch } from 'vue';
import { useTransport } from '../transport';
import { useAnalysis } from './analysis';

/** Shapes asked for at once, and kept. */
const AT_ONCE = 200;
const KEPT = 6000;
/** Tiles that come into sight within this are asked for together. */
const GATHER_MS = 16;

/** Shapes of single beats by their times, read as they come into sight; they stay out of reactive state. */
export const useFamilyShapes = defineStore('family-shapes', () => {
  const analysis = useAnalysis();
  /** Changes whenever shapes have arrived. */
  const version = ref(0);
  const known = new Map<number, Int16Array>();
  const wanted = new Set<number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reading = false;

  /** The shape of a beat, if it is at hand; else it is read soon. */
  function of(timeS: number): Int16Array | undefined {
    const shape = known.get(timeS);
    if (!shape) {
      wanted.add(timeS);
      timer ??= setTimeout(() => void read(), GATHER_MS);
    }
    return shape;
  }

  async function read(): Promise<void> {
    timer = undefined;
    if (reading) return;
    reading = true;
    while (wanted.size > 0 && analysis.analysisId) {
      // The last that came into sight first: what was scrolled past can wait.
      const timesS = [...wanted].slice(-AT_ONCE);
      for (const timeS of timesS) wanted.delete(timeS);
      const id = analysis.analysisId;
      const result = await useTransport().call('families.shapes', { analysisId: id, timesS });
      if (analysis.analysisId !== id || !result.ok) break;
      const size = result.value.uv.length / timesS.length;
      timesS.forEach((timeS, i) => {
        known.set(timeS, result.value.uv.subarray(i * size, (i + 1) * size));
      });
      for (const timeS of known.keys()) {
        if (known.size <= KEPT) break;
        known.delete(timeS);
      }
      version.value++;
    }
    reading = false;
  }

  watch(
    () => analysis.analysisId,
    () => {
      known.clear();
      wanted.clear();
    },
  );
  return { version, of };
});
