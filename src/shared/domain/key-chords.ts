/** A key with its modifiers as help writes it, as in `Shift N`, `Ctrl K`, `PageDown` and `→`. */
export interface KeyChord {
  /** `KeyboardEvent.key`; letters in lower case. */
  readonly key: string;
  /** Command on a Mac. */
  readonly ctrl: boolean;
  readonly shift: boolean;
}

/** What of a browser's `KeyboardEvent` says which keys are pressed. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** What a chord looks like as text. */
export const CHORD_TEXT = /^(Ctrl )?(Shift )?\S{1,20}$/u;

/** Keys that help writes otherwise than the browser does. */
const WRITTEN: Readonly<Record<string, string>> = {
  ' ': 'Space',
  Escape: 'Esc',
  ArrowRight: '→',
  ArrowLeft: '←',
  ArrowUp: '↑',
  ArrowDown: '↓',
};
const READ = Object.fromEntries(Object.entries(WRITTEN).map(([key, text]) => [text, key]));

const isLetter = (key: string): boolean => /^\p{L}$/u.test(key);

/** Reads a chord that `CHORD_TEXT` accepts. */
export function chordOf(text: string): KeyChord {
  const parts = text.split(' ');
  const last = parts.at(-1)!;
  const key = READ[last] ?? (isLetter(last) ? last.toLowerCase() : last);
  return { key, ctrl: parts[0] === 'Ctrl', shift: parts.slice(0, -1).includes('Shift') };
}

/** Keys that only change others, wait for one, or belong to the system, the page's regions or a dialog. */
const NO_COMMAND =
  /^(Shift|Control|Alt|AltGraph|Meta|OS|CapsLock|NumLock|ScrollLock|Fn|FnLock|Dead|Compose|Process|Unidentified|ContextMenu|PrintScreen|Pause|Tab|Escape|F5|F6|F11|F12)$/;
/** With Ctrl these belong to text, the window and the browser around it. */
const CTRL_TAKEN = /^[acvxznrtwqlfh+\-=0]$/;

/**
 * A key press as the text of a chord.
 * @returns null for one that cannot stand for a command
 */
export function chordText(event: KeyPress): string | null {
  if (event.altKey || NO_COMMAND.test(event.key)) return null;
  const key = isLetter(event.key) ? event.key.toLowerCase() : event.key;
  const ctrl = event.ctrlKey || event.metaKey;
  if (ctrl && CTRL_TAKEN.test(key)) return null;
  // Signs such as ? need Shift on some keyboards and not on others.
  const shift = event.shiftKey && (isLetter(key) || key.length > 1 || key === ' ');
  const written = WRITTEN[key] ?? (isLetter(key) ? key.toUpperCase() : key);
  return [ctrl && 'Ctrl', shift && 'Shift', written].filter(Boolean).join(' ');
}

/** The keys of commands that the window's menu has too, until a reader chooses others. */
export const MENU_KEYS = {
  openRecord: 'Ctrl O',
  report: 'Ctrl P',
  nextEventInSegmentsNext: 'N',
  previousEventOrFlaggedSegment: 'P',
  thisList: '?',
} as const;
