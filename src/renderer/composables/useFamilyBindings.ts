import { BEAT_CLASSES } from '../analysis/beat-classes';
import { useFamilies } from '../stores/families';
import { useFamilyActs } from '../stores/family-acts';
import { useOpenFamily } from '../stores/open-family';
import { useRecording } from '../stores/recording';
import { useView } from '../stores/view';
import { withWords, type KeyBinding, type KeyWord } from './useKeys';

/**
 * Commands that hold beside those of the forms: what is about the event or the paper would act on what is not in sight
 * there.
 */
const BESIDE_FORMS: ReadonlySet<KeyWord> = new Set<KeyWord>([
  'keys.does_blindFirstDecideBeforeVerdict',
  'keys.does_secondRead',
  'keys.does_differences',
  'keys.does_figures',
  'keys.does_historyDecisions',
  'keys.does_leftColumnToRail',
  'keys.does_calibrateScreen',
  'keys.does_themeSystemLightDark',
]);
export const holdsBesideForms = ({ group, word }: Pick<KeyBinding, 'group' | 'word'>): boolean =>
  group === 'Window' || BESIDE_FORMS.has(word);

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
    does: KeyWord,
    run: (key: string) => void,
    extra: Pick<KeyBinding, 'shift' | 'held'> = {},
  ): void => void list.push(withWords({ keys, shown, run, group: 'Beats', ...extra }, does));
  const [shift, held] = [{ shift: true }, { held: true }];
  const undo = (): void => void acts.undo(false);
  const redo = (): void => void acts.undo(true);
  const inTiles = (): boolean => families.openId !== null;

  const step = (by: 1 | -1) => (): void => (inTiles() ? opened.step(by) : families.step(by));
  bind(['ArrowRight'], '← → ↑ ↓', 'keys.does_fromFormToFormOr', step(1), held);
  bind(['ArrowLeft'], '', 'keys.does_formBefore', step(-1), held);
  bind(['ArrowRight'], 'Shift →', 'keys.does_chooseNextFormTooOr', () => families.step(1, true), {
    ...shift,
    ...held,
  });
  const back = (): void => families.step(-1, true);
  bind(['ArrowLeft'], '', 'keys.does_chooseFormBeforeToo', back, { ...shift, ...held });
  bind(['n'], 'N', 'keys.does_nextFormThatWasNot', () => {
    const at = families.shown.findIndex(({ id }) => id === families.currentId);
    families.showUnseen(at + 1);
  });
  bind(['p'], 'P', 'keys.does_formBefore', () => families.step(-1), held);
  bind(['1', '2', '3', '4', '5'], '1 – 5', 'keys.does_formNSVF', (key) => {
    void acts.relabel(BEAT_CLASSES[Number(key) - 1] ?? 'Q');
  });
  bind([], 'Shift 1 – 5', 'keys.does_onlyBeatsThatWereTaken', () => undefined);
  bind(['l'], 'L', 'keys.does_takeProposal', () => void acts.accept(false));
  bind(['l'], 'Shift L', 'keys.does_takeProposals', () => void acts.accept(true), shift);
  bind(['a'], 'A', 'keys.does_seenClassRightThenNext', () => void acts.see());
  bind(['Enter'], 'Enter', 'keys.does_openCloseForm', () => {
    families.openId = families.openId === null ? families.currentId : null;
  });
  bind([' '], 'Space', 'keys.does_takeBeatOutFormPut', () => opened.toggle());
  bind(['x'], 'X', 'keys.does_splitWhatWasTakenOut', () => void acts.split());
  bind(['m'], 'M', 'keys.does_mergeChooseFormMostLike', () => void acts.merge());
  bind(['g'], 'G', 'keys.does_beatOnPaper', () => {
    const timeS = opened.timeS ?? families.current?.firstS;
    if (timeS === undefined || timeS === null) return;
    view.scrollTo(Math.min(recording.durationS, timeS) - view.spanS / 2);
    view.tab = 'events';
  });
  bind(['z'], '', 'keys.does_undo', undo);
  bind(['y'], '', 'keys.does_redo', redo);
  bind(['z'], '', 'keys.does_redo', redo, shift);
  const ctrlZ = { keys: ['z'], ctrl: true, shown: '', group: 'Beats' } as const;
  list.push(withWords({ ...ctrlZ, run: undo }, 'keys.does_undo'));
  list.push(withWords({ ...ctrlZ, shift: true, run: redo }, 'keys.does_redo'));
  bind(['Escape'], '', 'keys.does_closeFormLetGoWhat', () => {
    if (inTiles()) families.openId = null;
    else if (families.currentId !== null) families.show(families.currentId);
  });
  return list;
}
