import { BEAT_CLASSES } from '../domain';
import { useAnalysis } from '../stores/analysis';
import { NUDGE_S, useBeatInHand } from '../stores/beat-in-hand';
import { useCalipers } from '../stores/calipers';
import { useEvents } from '../stores/events';
import { useLeadLayout } from '../stores/lead-layout';
import { useRecording } from '../stores/recording';
import { useSelection } from '../stores/selection';
import { useSettings } from '../stores/settings';
import { useView } from '../stores/view';
import { useWorklist } from '../stores/worklist';
import { FILTERS, GAINS, nextOf, OVERLAYS, SPEEDS, stepOf, THEMES } from '../view-choices';
import type { KeyBinding } from './useKeys';
import { useOverlayMode } from './useOverlayMode';
import { useToReport } from './useToReport';
import { useWalk } from './useWalk';
import type { Scroller } from './useScroller';

export type DialogName =
  | 'help'
  | 'goto'
  | 'leads'
  | 'calibrate'
  | 'model'
  | 'report'
  | 'scan'
  | 'history'
  | 'about'
  | 'export'
  | 'settings'
  | null;

export interface Actions {
  readonly dialog: (name: DialogName) => void;
  readonly open: (kind: 'record' | 'folder') => void;
  readonly note: () => void;
}

type Extra = Pick<KeyBinding, 'ctrl' | 'shift' | 'menu' | 'on'>;
const SHIFT = { shift: true };
const CTRL = { ctrl: true };
const MENU = { menu: true };

/** Every key of the viewer. Help and menu list what is here, so that they cannot differ from it. */
export function useBindings(scroller: Scroller, actions: Actions): readonly KeyBinding[] {
  return [
    ...moving(scroller, actions),
    ...deciding(actions),
    ...showing(actions),
    ...inGroup('Window', (bind) => {
      bind(['o'], 'Ctrl O', 'open a record', () => actions.open('record'), { ...CTRL, ...MENU });
      bind([], '', 'open a folder', () => actions.open('folder'), MENU);
      bind([], '', 'analyse the whole worklist', () => void useWorklist().analyseAll(), MENU);
      bind(['s'], 'S', 'scan a folder', () => actions.dialog('scan'), MENU);
      bind(['p'], 'Ctrl P', 'report', () => actions.dialog('report'), { ...CTRL, ...MENU });
      bind(['x'], 'X', 'export, import a review', () => actions.dialog('export'), MENU);
      bind([], '', 'model', () => actions.dialog('model'), MENU);
      bind([','], 'Ctrl ,', 'settings', () => actions.dialog('settings'), { ...CTRL, ...MENU });
      bind([], '', 'about', () => actions.dialog('about'), MENU);
      bind(['?'], '?', 'this list', () => actions.dialog('help'));
    }),
  ];
}

function inGroup(
  group: KeyBinding['group'],
  fill: (
    bind: (
      keys: string[],
      shown: string,
      does: string,
      run: (key: string) => void,
      extra?: Extra,
    ) => void,
  ) => void,
): KeyBinding[] {
  const list: KeyBinding[] = [];
  fill((keys, shown, does, run, extra = {}) =>
    list.push({ keys, shown, does, run, group, ...extra }),
  );
  return list;
}

function moving(scroller: Scroller, actions: Actions): KeyBinding[] {
  const recording = useRecording();
  const selection = useSelection();
  const view = useView();
  const steps = useWalk();
  // A page leaves one large square of the last one in sight.
  const page = (): number => view.spanS - 0.2;
  const jump = (go: () => unknown) => (): void => {
    scroller.stop();
    go();
  };
  const beside = (by: 1 | -1) => jump(() => selection.select(selection.position + by, true));
  return inGroup('Move', (bind) => {
    bind(['ArrowRight'], '→', 'scroll 1 s on', () => scroller.by(1));
    bind(['ArrowLeft'], '←', 'scroll 1 s back', () => scroller.by(-1));
    bind(['ArrowRight'], 'Shift →', 'scroll 0.2 s on', () => scroller.by(0.2), SHIFT);
    bind(['ArrowLeft'], 'Shift ←', 'scroll 0.2 s back', () => scroller.by(-0.2), SHIFT);
    bind(['PageDown'], 'PageDown', 'next page', () => scroller.by(page()));
    bind(['PageUp'], 'PageUp', 'page before', () => scroller.by(-page()));
    bind(
      ['Home'],
      'Home',
      'start of the recording',
      jump(() => view.scrollTo(0)),
    );
    bind(
      ['End'],
      'End',
      'end of the recording',
      jump(() => view.scrollTo(recording.durationS)),
    );
    bind(
      ['n'],
      'N',
      'next event, in Segments next flagged segment',
      jump(() => steps.walk(1)),
    );
    bind(
      ['p'],
      'P',
      'previous event or flagged segment',
      jump(() => steps.walk(-1)),
    );
    bind(
      ['n'],
      'Shift N',
      'next that needs you, in Segments next undecided',
      jump(() => steps.walkNeeding()),
      SHIFT,
    );
    bind(['.'], '.', 'segment after', beside(1));
    bind([','], ',', 'segment before', beside(-1));
    bind(['g'], 'G', 'go to a time', () => actions.dialog('goto'), MENU);
  });
}

function deciding(actions: Actions): KeyBinding[] {
  const events = useEvents();
  const hand = useBeatInHand();
  const selection = useSelection();
  const settings = useSettings();
  const steps = useWalk();
  const toReport = useToReport();
  const blind = (): void => settings.set({ blindFirst: !settings.values.blindFirst });
  const undo = (): void => void steps.undo(false);
  const redo = (): void => void steps.undo(true);
  return inGroup('Decide', (bind) => {
    bind(['a'], 'A', 'confirm, then the next open one', () => steps.decide('A'));
    bind(['o'], 'O', 'reject; then 1 – 4 says what it is instead', () => steps.decide('O'));
    bind(['u'], 'U', 'unsure, then the next open one', () => steps.decide('U'));
    bind(['e'], 'E', 'write a note', actions.note);
    bind(['i'], 'I', 'to the report, or off it: event, segment or segments', toReport.toggle);
    bind(['i'], 'Shift I', 'what is on the paper to the report', toReport.takePaper, SHIFT);
    bind(['z'], 'Z', 'undo', undo);
    bind(['y'], 'Y', 'redo', redo);
    bind(['z'], '', 'redo', redo, SHIFT);
    bind(['z'], '', 'undo', undo, CTRL);
    bind(['z'], '', 'redo', redo, { ...SHIFT, ...CTRL });
    bind(['b'], 'B', 'blind-first: decide before the verdict shows', blind, {
      ...MENU,
      on: () => settings.values.blindFirst,
    });
    bind(['h'], 'H', 'history of decisions', () => actions.dialog('history'), MENU);
    const letGo = (): void => {
      events.rejecting = false;
      selection.clearChosen();
      hand.letGo();
    };
    bind(['Escape'], 'Esc', 'let go of what is chosen or begun', letGo);
    bind(['d'], 'D', 'next beat in hand', () => hand.step(1));
    bind(['d'], 'Shift D', 'previous beat in hand', () => hand.step(-1), SHIFT);
    bind(['1', '2', '3', '4', '5'], '1 – 5', 'beat in hand is N S V F Q', (key) => {
      if (!steps.rejectAs(Number(key))) hand.reclass(BEAT_CLASSES[Number(key) - 1] ?? 'Q');
    });
    bind(['<'], '<', 'beat in hand 10 ms earlier', () => void hand.move(-NUDGE_S));
    bind(['>'], '>', 'beat in hand 10 ms later', () => void hand.move(NUDGE_S));
    bind(['Delete'], 'Delete', 'delete the beat in hand', () => hand.remove());
  });
}

function showing(actions: Actions): KeyBinding[] {
  const analysis = useAnalysis();
  const recording = useRecording();
  const selection = useSelection();
  const settings = useSettings();
  const view = useView();
  const leads = useLeadLayout();
  const calipers = useCalipers();
  const { set } = settings;
  const overlayMode = useOverlayMode();
  const gain = (by: number) => (): void =>
    set({ gainMmPerMv: stepOf(GAINS, settings.values.gainMmPerMv, by) });
  const speed = (by: number) => (): void =>
    set({ sweepSpeedMmPerS: stepOf(SPEEDS, settings.values.sweepSpeedMmPerS, by) });
  const overlay = (): void => set({ overlay: nextOf(OVERLAYS, overlayMode.value) });
  const filter = (): void => void (leads.filter = nextOf(FILTERS, leads.filter));
  const theme = (): void => set({ theme: nextOf(THEMES, settings.values.theme) });
  const head = (): void => {
    const segment = selection.current;
    const heads = segment ? (analysis.overlayOf(segment.index)?.heads ?? 0) : 0;
    const choices = [null, ...Array.from({ length: heads }, (_, i) => i)];
    view.head = nextOf(
      choices.map((value) => ({ value })),
      view.head,
    );
  };
  return inGroup('Show', (bind) => {
    bind(['m'], 'M', 'overlay: off, attention, evidence', overlay);
    bind(['m'], 'Shift M', 'attention head, of a model that has several', head, SHIFT);
    bind(['f'], 'F', 'filter: raw or 0.5–50 Hz', filter);
    bind(['+', '='], '+', 'more gain', gain(1));
    bind(['-'], '-', 'less gain', gain(-1));
    bind([']'], ']', 'faster sweep', speed(1));
    bind(['['], '[', 'slower sweep', speed(-1));
    bind(['l'], 'L', 'leads: show, order, gain', () => actions.dialog('leads'), MENU);
    bind(['q'], 'Q', 'twelve leads: 3 × 4, 6 × 2, 12 × 1, Cabrera', () => leads.next(), MENU);
    bind(['\\'], '\\', 'left column to a rail', () => (leads.railed = !leads.railed), {
      ...MENU,
      on: () => leads.railed,
    });
    bind(['v'], 'V', 'beats of the model', () => (view.showBeats = !view.showBeats), {
      ...MENU,
      on: () => view.showBeats,
    });
    bind(
      ['r'],
      'R',
      'annotations of the recording',
      () => (view.showReference = !view.showReference),
      { ...MENU, on: () => view.showReference },
    );
    const nextAnnotator = (): void => {
      view.showReference = true;
      void recording.nextAnnotator();
    };
    bind(['r'], 'Shift R', 'its next annotation file', nextAnnotator, SHIFT);
    bind(['c'], 'C', 'calipers: a new mark at the cursor', () => calipers.begin(), MENU);
    bind(['w'], 'W', 'whole recording', () => (view.showOverview = !view.showOverview), {
      ...MENU,
      on: () => view.showOverview,
    });
    bind(
      ['j'],
      'J',
      'verdicts of the networks, by segment',
      () => (view.showBand = !view.showBand),
      {
        ...MENU,
        on: () => view.showBand,
      },
    );
    bind(['k'], 'K', 'calibrate the screen', () => actions.dialog('calibrate'), MENU);
    bind(['t'], 'T', 'theme: system, light, dark', theme, MENU);
  });
}
