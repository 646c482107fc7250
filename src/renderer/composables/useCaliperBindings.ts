import { useCalipers } from '../stores/calipers';
import { CALIPER_KINDS_SHOWN } from '../traces/caliper-words';
import { withWords, type KeyBinding, type KeyWord } from './useKeys';

/** Keys of the mark in hand, before all others. Tab, from edge to edge, and Enter are the handles' own. */
export function useCaliperBindings(): readonly KeyBinding[] {
  const calipers = useCalipers();
  const list: KeyBinding[] = [];
  const bind = (
    keys: string[],
    shown: string,
    word: KeyWord,
    run: (key: string) => void,
    { shift = false, held = false } = {},
  ): void => {
    const extra = { ...(shift && { shift }), ...(held && { held }) };
    list.push(withWords({ keys, shown, run, group: 'Marks', ...extra }, word));
  };
  const held = { held: true };
  const ofHandles = (): void => undefined;

  bind([], 'Tab', 'marks.keyOther', ofHandles);
  bind(['ArrowRight'], '→', 'marks.keyLater', () => calipers.step({ samples: 1 }), held);
  bind(['ArrowLeft'], '←', 'marks.keyEarlier', () => calipers.step({ samples: -1 }), held);
  bind(['ArrowRight'], 'Shift →', 'marks.keyLater10', () => calipers.step({ ms: 10 }), {
    ...held,
    shift: true,
  });
  bind(['ArrowLeft'], 'Shift ←', 'marks.keyEarlier10', () => calipers.step({ ms: -10 }), {
    ...held,
    shift: true,
  });
  const keys = CALIPER_KINDS_SHOWN.map((_, i) => String(i + 1));
  bind(keys, `1 – ${keys.length}`, 'marks.keyKinds', (key) =>
    calipers.setKind(CALIPER_KINDS_SHOWN[Number(key) - 1]!.kind),
  );
  bind([], 'Enter', 'marks.keyKeep', ofHandles);
  bind(['Delete', 'Backspace'], 'Delete', 'marks.keyRemove', () => calipers.remove());
  bind(['Escape'], 'Esc', 'marks.keyLeave', () => calipers.letGo());
  return list;
}
