import { useAnalysis } from '../stores/analysis';
import { decisionForKey, type DecisionButton } from '../stores/decisions';
import { useRecording } from '../stores/recording';
import { useReview } from '../stores/review';
import { useSelection } from '../stores/selection';
import { useSettings } from '../stores/settings';
import { useView } from '../stores/view';
import type { KeyBinding } from './useKeys';
import type { Scroller } from './useScroller';

export type DialogName =
  'help' | 'goto' | 'leads' | 'calibrate' | 'model' | 'report' | 'scan' | 'history' | null;

const next = <T>(values: readonly T[], current: T, by = 1): T =>
  values[(values.indexOf(current) + by + values.length) % values.length]!;
const bounded = <T>(values: readonly T[], current: T, by: number): T =>
  values[Math.min(values.length - 1, Math.max(0, values.indexOf(current) + by))]!;

const SPEEDS = [12.5, 25, 50] as const;
const GAINS = [5, 10, 20] as const;

/** Every key of the viewer. The help lists what is here, so the two cannot differ. */
export function useBindings(
  scroller: Scroller,
  actions: { dialog: (name: DialogName) => void; open: () => void; note: () => void },
): readonly KeyBinding[] {
  const analysis = useAnalysis();
  const recording = useRecording();
  const review = useReview();
  const selection = useSelection();
  const settings = useSettings();
  const view = useView();

  const decide = (key: DecisionButton['key']) => (): void => {
    const segment = selection.current;
    if (segment) selection.decide(decisionForKey(segment, selection.isHidden(segment), key));
  };
  const heads = (): number => {
    const segment = selection.current;
    return segment ? (analysis.overlayOf(segment.index)?.heads ?? 0) : 0;
  };
  // A page leaves one large square of the last one in sight.
  const page = (): number => view.spanS - 0.2;

  return [
    {
      keys: ['ArrowRight'],
      shown: '→',
      does: 'scroll 1 s on',
      group: 'Move',
      run: () => scroller.by(1),
    },
    {
      keys: ['ArrowLeft'],
      shown: '←',
      does: 'scroll 1 s back',
      group: 'Move',
      run: () => scroller.by(-1),
    },
    {
      keys: ['ArrowRight'],
      shift: true,
      shown: 'Shift →',
      does: 'scroll 0.2 s on',
      group: 'Move',
      run: () => scroller.by(0.2),
    },
    {
      keys: ['ArrowLeft'],
      shift: true,
      shown: 'Shift ←',
      does: 'scroll 0.2 s back',
      group: 'Move',
      run: () => scroller.by(-0.2),
    },
    {
      keys: ['PageDown', ' '],
      shown: 'PageDown',
      does: 'next page',
      group: 'Move',
      run: () => scroller.by(page()),
    },
    {
      keys: ['PageUp'],
      shown: 'PageUp',
      does: 'page before',
      group: 'Move',
      run: () => scroller.by(-page()),
    },
    {
      keys: ['Home'],
      shown: 'Home',
      does: 'start of the recording',
      group: 'Move',
      run: () => (scroller.stop(), view.scrollTo(0)),
    },
    {
      keys: ['End'],
      shown: 'End',
      does: 'end of the recording',
      group: 'Move',
      run: () => (scroller.stop(), view.scrollTo(recording.durationS)),
    },
    {
      keys: ['n'],
      shown: 'N',
      does: 'next flagged segment',
      group: 'Move',
      run: () => (scroller.stop(), selection.walk(1)),
    },
    {
      keys: ['p'],
      shown: 'P',
      does: 'previous flagged segment',
      group: 'Move',
      run: () => (scroller.stop(), selection.walk(-1)),
    },
    {
      keys: ['n'],
      shift: true,
      shown: 'Shift N',
      does: 'next undecided segment',
      group: 'Move',
      run: () => (scroller.stop(), selection.walk(1, true)),
    },
    {
      keys: [','],
      shown: ',',
      does: 'segment before',
      group: 'Move',
      run: () => (scroller.stop(), selection.select(selection.position - 1, true)),
    },
    {
      keys: ['.'],
      shown: '.',
      does: 'segment after',
      group: 'Move',
      run: () => (scroller.stop(), selection.select(selection.position + 1, true)),
    },
    {
      keys: ['g'],
      shown: 'G',
      does: 'go to a time',
      group: 'Move',
      run: () => actions.dialog('goto'),
    },
    {
      keys: ['a'],
      shown: 'A',
      does: 'agree, and show the next undecided',
      group: 'Decide',
      run: decide('A'),
    },
    {
      keys: ['o'],
      shown: 'O',
      does: 'overrule, and show the next undecided',
      group: 'Decide',
      run: decide('O'),
    },
    {
      keys: ['u'],
      shown: 'U',
      does: 'unsure, and show the next undecided',
      group: 'Decide',
      run: decide('U'),
    },
    { keys: ['e'], shown: 'E', does: 'write a note', group: 'Decide', run: actions.note },
    { keys: ['z'], shown: 'Z', does: 'undo', group: 'Decide', run: () => void review.undo(false) },
    { keys: ['y'], shown: 'Y', does: 'redo', group: 'Decide', run: () => void review.undo(true) },
    {
      keys: ['z'],
      shift: true,
      shown: 'Shift Z',
      does: 'redo',
      group: 'Decide',
      run: () => void review.undo(true),
    },
    {
      keys: ['z'],
      ctrl: true,
      shown: 'Ctrl Z',
      does: 'undo',
      group: 'Decide',
      run: () => void review.undo(false),
    },
    {
      keys: ['z'],
      ctrl: true,
      shift: true,
      shown: 'Ctrl Shift Z',
      does: 'redo',
      group: 'Decide',
      run: () => void review.undo(true),
    },
    {
      keys: ['b'],
      shown: 'B',
      does: 'blind-first on or off',
      group: 'Decide',
      run: () => settings.set({ blindFirst: !settings.values.blindFirst }),
    },
    {
      keys: ['h'],
      shown: 'H',
      does: 'history of decisions',
      group: 'Decide',
      run: () => actions.dialog('history'),
    },
    {
      keys: ['m'],
      shown: 'M',
      does: 'overlay off, attention, evidence',
      group: 'Show',
      run: () =>
        settings.set({
          overlay: next(['off', 'attention', 'evidence'] as const, settings.values.overlay),
        }),
    },
    {
      keys: ['m'],
      shift: true,
      shown: 'Shift M',
      does: 'attention head',
      group: 'Show',
      run: () =>
        (view.head = next([null, ...Array.from({ length: heads() }, (_, i) => i)], view.head)),
    },
    {
      keys: ['f'],
      shown: 'F',
      does: 'filter raw or 0.5–50 Hz',
      group: 'Show',
      run: () => settings.set({ filter: settings.values.filter === 'raw' ? 'bandpass' : 'raw' }),
    },
    {
      keys: ['l'],
      shown: 'L',
      does: 'leads: show, hide, order, gain',
      group: 'Show',
      run: () => actions.dialog('leads'),
    },
    {
      keys: ['+', '='],
      shown: '+',
      does: 'more gain',
      group: 'Show',
      run: () => settings.set({ gainMmPerMv: bounded(GAINS, settings.values.gainMmPerMv, 1) }),
    },
    {
      keys: ['-'],
      shown: '-',
      does: 'less gain',
      group: 'Show',
      run: () => settings.set({ gainMmPerMv: bounded(GAINS, settings.values.gainMmPerMv, -1) }),
    },
    {
      keys: [']'],
      shown: ']',
      does: 'faster sweep',
      group: 'Show',
      run: () =>
        settings.set({ sweepSpeedMmPerS: bounded(SPEEDS, settings.values.sweepSpeedMmPerS, 1) }),
    },
    {
      keys: ['['],
      shown: '[',
      does: 'slower sweep',
      group: 'Show',
      run: () =>
        settings.set({ sweepSpeedMmPerS: bounded(SPEEDS, settings.values.sweepSpeedMmPerS, -1) }),
    },
    {
      keys: ['r'],
      shown: 'R',
      does: 'reference annotations (.atr)',
      group: 'Show',
      run: () => (view.showReference = !view.showReference),
    },
    {
      keys: ['v'],
      shown: 'V',
      does: 'beats of the model',
      group: 'Show',
      run: () => (view.showBeats = !view.showBeats),
    },
    {
      keys: ['c'],
      shown: 'C',
      does: 'calipers',
      group: 'Show',
      run: () => (view.calipersOn = !view.calipersOn),
    },
    {
      keys: ['k'],
      shown: 'K',
      does: 'calibrate the screen',
      group: 'Show',
      run: () => actions.dialog('calibrate'),
    },
    {
      keys: ['t'],
      shown: 'T',
      does: 'theme',
      group: 'Show',
      run: () =>
        settings.set({ theme: next(['system', 'light', 'dark'] as const, settings.values.theme) }),
    },
    {
      keys: ['o'],
      ctrl: true,
      shown: 'Ctrl O',
      does: 'open a record',
      group: 'Window',
      run: actions.open,
    },
    {
      keys: ['p'],
      ctrl: true,
      shown: 'Ctrl P',
      does: 'report',
      group: 'Window',
      run: () => actions.dialog('report'),
    },
    {
      keys: ['s'],
      shown: 'S',
      does: 'scan a folder',
      group: 'Window',
      run: () => actions.dialog('scan'),
    },
    {
      keys: ['Escape'],
      shown: 'Esc',
      does: 'let go of chosen segments and calipers',
      group: 'Window',
      run: () => (selection.clearChosen(), (view.calipersOn = false)),
    },
    {
      keys: ['?'],
      shown: '?',
      does: 'this list',
      group: 'Window',
      run: () => actions.dialog('help'),
    },
  ];
}
