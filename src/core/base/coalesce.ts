/**
 * Makes many calls few: the first goes through at once, those within `intervalMs` after it become one at its
 * end. For `recordings.changed`, after which every viewer asks for the whole worklist.
 */
export function coalesce(call: () => void, intervalMs: number): { (): void; stop(): void } {
  let timer: NodeJS.Timeout | null = null;
  let again = false;
  const rest = (): void => {
    timer = null;
    if (again) touch();
  };
  function touch(): void {
    if (timer) {
      again = true;
      return;
    }
    again = false;
    timer = setTimeout(rest, intervalMs);
    call();
  }
  return Object.assign(touch, {
    stop() {
      if (timer) clearTimeout(timer);
      timer = null;
      again = false;
    },
  });
}
