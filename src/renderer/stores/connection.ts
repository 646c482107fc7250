import { defineStore } from 'pinia';
import { ref } from 'vue';
import { useTransport } from '../transport';

/** `back` is said for a moment after the others, so that the reader knows it is over. */
export type ConnectionState = 'up' | 'lost' | 'locked' | 'restarting' | 'back';

/** A hiccup shorter than this is not worth a word. */
const QUIET_MS = 800;
const BACK_MS = 2500;

/** Whether the host answers and its engine runs. */
export const useConnection = defineStore('connection', () => {
  const state = ref<ConnectionState>('up');
  /** Why the engine is being started again, in a few words. */
  const reason = ref<string | null>(null);
  let hostUp = true;
  let locked = false;
  let engineUp = true;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function settle(onReturn: () => void): void {
    clearTimeout(timer);
    if (hostUp && engineUp) {
      const wasShown = state.value !== 'up' && state.value !== 'back';
      if (wasShown) {
        state.value = 'back';
        onReturn();
      }
      timer = setTimeout(() => (state.value = 'up'), BACK_MS);
      return;
    }
    const next = hostUp ? 'restarting' : locked ? 'locked' : 'lost';
    if (state.value === 'up') timer = setTimeout(() => (state.value = next), QUIET_MS);
    else state.value = next;
  }

  /** @param onReturn what may have been missed meanwhile is asked for again */
  function listen(onReturn: () => void): void {
    const transport = useTransport();
    transport.onHost('host.connection', (told) => {
      const { up } = told;
      // Trying again is refused again; only an answer or a silence says something new.
      locked = told.locked ?? (locked && !up);
      hostUp = up;
      // A new host has a new engine; an old one says so if its engine is down.
      if (up) engineUp = true;
      settle(onReturn);
    });
    transport.on('engine.state', (told) => {
      engineUp = told.up;
      if (!told.up) reason.value = told.reason;
      settle(onReturn);
    });
  }

  return { state, reason, listen };
});
