import { BEAT_CLASSES } from '../domain';
import { useFamilies } from '../stores/families';
import { useFamilyActs } from '../stores/family-acts';
import { useOpenFamily } from '../stores/open-family';
import { useRecording } from '../stores/recording';
import { useView } from '../stores/view';
import type { KeyBinding } from './useKeys';

/** Keys of the paper that mean nothing where there is none. */
const OF_PAPER = [
  '[',
  ']',
  '+',
  '=',
  '-',
  'f',
  'c',
  'd',
  '<',
  '>',
  'Delete',
  '.',
  ',',
  'w',
  'j',
  'l',
  'v',
  'r',
  'u',
  'o',
  'e',
];

/** Keys that hold in the Beats tab alone, before all others. */
export function useFamilyBindings(): readonly KeyBinding[] {
  const acts = useFamilyActs();
  const families = useFamilies();
  const opened = useOpenFamily();
  const recording = useRecording();
  const view = useView();
  const list: KeyBinding[] = [];
  const bind = (
    keys: string[],
    shown: string,
    does: string,
    run: (key: string) => void,
    shift?: boolean,
  ): void =>
    void list.push({
      keys,
      shown,
      does,
      run,
      group: 'Beats',
      ...(shift === undefined ? {} : { shift }),
    });
  const undo = (): void => void acts.undo(false);
  const redo = (): void => void acts.undo(true);
  const inTiles = (): boolean => families.openId !== null;

  bind(['ArrowRight'], '← → ↑ ↓', 'from form to form, or from beat to beat', () =>
    inTiles() ? opened.step(1) : families.step(1),
  );
  bind(['ArrowLeft'], '', 'form before', () => (inTiles() ? opened.step(-1) : families.step(-1)));
  bind(
    ['ArrowRight'],
    'Shift →',
    'choose the next form too, or take the next beat out',
    () => families.step(1, true),
    true,
  );
  bind(['ArrowLeft'], '', 'choose the form before too', () => families.step(-1, true), true);
  bind(['n'], 'N', 'next form that was not seen', () => {
    const at = families.shown.findIndex(({ id }) => id === families.currentId);
    families.showUnseen(at + 1);
  });
  bind(['p'], 'P', 'form before', () => families.step(-1));
  bind(['1', '2', '3', '4', '5'], '1 – 5', 'the form is N S V F Q', (key) => {
    void acts.relabel(BEAT_CLASSES[Number(key) - 1] ?? 'Q');
  });
  bind([], 'Shift 1 – 5', 'only the beats that were taken out are N S V F Q', () => undefined);
  bind(['a'], 'A', 'seen, class is right; then the next form', () => void acts.see());
  bind(['Enter'], 'Enter', 'open, close a form', () => {
    families.openId = families.openId === null ? families.currentId : null;
  });
  bind([' '], 'Space', 'take a beat out of its form, put it back', () => opened.toggle());
  bind(['x'], 'X', 'split what was taken out into a form', () => void acts.split());
  bind(['m'], 'M', 'merge: choose the form most like it, then merge', () => void acts.merge());
  bind(['g'], 'G', 'the beat on the paper', () => {
    const timeS = opened.timeS ?? families.current?.firstS;
    if (timeS === undefined || timeS === null) return;
    view.scrollTo(Math.min(recording.durationS, timeS) - view.spanS / 2);
    view.tab = 'events';
  });
  bind(['z'], '', 'undo', undo);
  bind(['y'], '', 'redo', redo);
  bind(['z'], '', 'redo', redo, true);
  for (const keys of [['z']]) {
    list.push({ keys, ctrl: true, shown: '', does: 'undo', group: 'Beats', run: undo });
    list.push({
      keys,
      ctrl: true,
      shift: true,
      shown: '',
      does: 'redo',
      group: 'Beats',
      run: redo,
    });
  }
  bind(['Escape'], '', 'close the form, let go of what is chosen', () => {
    if (inTiles()) families.openId = null;
    else if (families.currentId !== null) families.show(families.currentId);
  });
  bind(OF_PAPER, '', 'nothing here', () => undefined);
  return list;
}
