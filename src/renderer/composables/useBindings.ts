import { MENU_KEYS } from '../../shared/domain/key-chords';
import { BEAT_CLASSES } from '../analysis/beat-classes';
import { useAnalysis } from '../stores/analysis';
import { NUDGE_S, useBeatInHand } from '../stores/beat-in-hand';
import { useCalipers } from '../stores/calipers';
import { useEvents } from '../stores/events';
import { useLeadLayout } from '../stores/lead-layout';
import { useNetworks } from '../stores/networks';
import { useReads } from '../stores/reads';
import { useRecording } from '../stores/recording';
import { useSelection } from '../stores/selection';
import { useSettings } from '../stores/settings';
import { useView } from '../stores/view';
import { useWhatIf } from '../stores/what-if';
import { useWorklist } from '../stores/worklist';
import { FILTERS, GAINS, nextOf, OVERLAYS, SPEEDS, stepOf, THEMES } from './view-choices';
import { withWords, type KeyBinding, type KeyWord } from './useKeys';
import { useOverlayMode } from './useOverlayMode';
import { useToReport } from './useToReport';
import { useWalk } from './useWalk';
import type { Scroller } from './useScroller';

export type DialogName =
  | 'help'
  | 'palette'
  | 'goto'
  | 'leads'
  | 'calibrate'
  | 'model'
  | 'report'
  | 'scan'
  | 'history'
  | 'about'
  | 'details'
  | 'export'
  | 'figures'
  | 'second-read'
  | 'settings'
  | null;

export interface Actions {
  readonly dialog: (name: DialogName) => void;
  readonly open: (kind: 'record' | 'folder') => void;
  readonly note: () => void;
}

type Extra = Pick<KeyBinding, 'ctrl' | 'shift' | 'menu' | 'on' | 'held'>;
const SHIFT = { shift: true };
const HELD = { held: true };
const CTRL = { ctrl: true };
const MENU = { menu: true };

/** Every key of the viewer. Help and menu list what is here, so that they cannot differ from it. */
export function useBindings(scroller: Scroller, actions: Actions): readonly KeyBinding[] {
  return [
    ...moving(scroller, actions),
    ...deciding(actions),
    ...showing(actions),
    ...inGroup('Window', (bind) => {
      bind(['o'], MENU_KEYS.openRecord, 'keys.does_openRecord', () => actions.open('record'), {
        ...CTRL,
        ...MENU,
      });
      bind([], '', 'keys.does_openFolder', () => actions.open('folder'), MENU);
      bind([], '', 'keys.does_analyseWholeWorklist', () => void useWorklist().analyseAll(), MENU);
      bind(['s'], 'S', 'keys.does_scanFolder', () => actions.dialog('scan'), MENU);
      bind(['p'], MENU_KEYS.report, 'keys.does_report', () => actions.dialog('report'), {
        ...CTRL,
        ...MENU,
      });
      bind(['x'], 'X', 'keys.does_exportImportReview', () => actions.dialog('export'), MENU);
      bind([], '', 'keys.does_model', () => actions.dialog('model'), MENU);
      bind([','], 'Ctrl ,', 'keys.does_settings', () => actions.dialog('settings'), {
        ...CTRL,
        ...MENU,
      });
      bind([], '', 'keys.does_recordDetails', () => actions.dialog('details'), MENU);
      bind([], '', 'keys.does_about', () => actions.dialog('about'), MENU);
      const palette = (): void => actions.dialog('palette');
      bind(['k'], 'Ctrl K', 'keys.does_commands', palette, { ...CTRL, ...MENU });
      bind(['p'], '', 'keys.does_commands', palette, { ...CTRL, ...SHIFT });
      bind(['?'], MENU_KEYS.thisList, 'keys.does_thisList', () => actions.dialog('help'));
    }),
  ];
}

function inGroup(
  group: KeyBinding['group'],
  fill: (
    bind: (
      keys: string[],
      shown: string,
      does: KeyWord,
      run: (key: string) => void,
      extra?: Extra,
    ) => void,
  ) => void,
): KeyBinding[] {
  const list: KeyBinding[] = [];
  fill((keys, shown, does, run, extra = {}) =>
    list.push(withWords({ keys, shown, run, group, ...extra }, does)),
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
    bind(['ArrowRight'], '→', 'keys.does_scroll1SOn', () => scroller.by(1), HELD);
    bind(['ArrowLeft'], '←', 'keys.does_scroll1SBack', () => scroller.by(-1), HELD);
    bind(['ArrowRight'], 'Shift →', 'keys.does_scrollFifthOn', () => scroller.by(0.2), {
      ...SHIFT,
      ...HELD,
    });
    bind(['ArrowLeft'], 'Shift ←', 'keys.does_scrollFifthBack', () => scroller.by(-0.2), {
      ...SHIFT,
      ...HELD,
    });
    bind(['PageDown'], 'PageDown', 'keys.does_nextPage', () => scroller.by(page()), HELD);
    bind(['PageUp'], 'PageUp', 'keys.does_pageBefore', () => scroller.by(-page()), HELD);
    bind(
      ['Home'],
      'Home',
      'keys.does_startRecording',
      jump(() => view.scrollTo(0)),
    );
    bind(
      ['End'],
      'End',
      'keys.does_endRecording',
      jump(() => view.scrollTo(recording.durationS)),
    );
    bind(
      ['n'],
      MENU_KEYS.nextEventInSegmentsNext,
      'keys.does_nextEventInSegmentsNext',
      jump(() => steps.walk(1)),
      HELD,
    );
    bind(
      ['p'],
      MENU_KEYS.previousEventOrFlaggedSegment,
      'keys.does_previousEventOrFlaggedSegment',
      jump(() => steps.walk(-1)),
      HELD,
    );
    bind(
      ['n'],
      'Shift N',
      'keys.does_nextThatNeedsYouIn',
      jump(() => steps.walkNeeding()),
      SHIFT,
    );
    bind(['.'], '.', 'keys.does_segmentAfter', beside(1), HELD);
    bind([','], ',', 'keys.does_segmentBefore', beside(-1), HELD);
    bind(['g'], 'G', 'keys.does_goToTime', () => actions.dialog('goto'), MENU);
  });
}

function deciding(actions: Actions): KeyBinding[] {
  const events = useEvents();
  const hand = useBeatInHand();
  const networks = useNetworks();
  const reads = useReads();
  const selection = useSelection();
  const settings = useSettings();
  const steps = useWalk();
  const recording = useRecording();
  /** The one that the cursor is on, else the first of the heart. */
  const firstLead = (): number => {
    const { leads } = recording;
    const own = useView().cursor?.leadIndex;
    return own ?? (leads.find(({ isEcg }) => isEcg) ?? leads[0])?.index ?? 0;
  };
  const toReport = useToReport();
  const blind = (): void => settings.set({ blindFirst: !settings.values.blindFirst });
  const undo = (): void => void steps.undo(false);
  const redo = (): void => void steps.undo(true);
  return inGroup('Decide', (bind) => {
    bind(['a'], 'A', 'keys.does_confirmThenNextOpenOne', () => steps.decide('A'));
    bind(['a'], 'Shift A', 'keys.does_confirmRestOfKind', () => steps.confirmTogether(), SHIFT);
    bind(['o'], 'O', 'keys.does_rejectThen14Says', () => steps.decide('O'));
    bind(['u'], 'U', 'keys.does_unsureThenNextOpenOne', () => steps.decide('U'));
    bind(['e'], 'E', 'keys.does_writeNote', actions.note);
    bind(['i'], 'I', 'keys.does_toReportOrOffEvent', toReport.toggle);
    bind(['i'], 'Shift I', 'keys.does_whatOnPaperToReport', toReport.takePaper, SHIFT);
    bind(['z'], 'Z', 'keys.does_undo', undo);
    bind(['y'], 'Y', 'keys.does_redo', redo);
    bind(['z'], '', 'keys.does_redo', redo, SHIFT);
    bind(['z'], '', 'keys.does_undo', undo, CTRL);
    bind(['z'], '', 'keys.does_redo', redo, { ...SHIFT, ...CTRL });
    bind(['b'], 'B', 'keys.does_blindFirstDecideBeforeVerdict', blind, {
      ...MENU,
      on: () => settings.values.blindFirst,
    });
    bind(['b'], 'Shift B', 'keys.does_secondRead', () => actions.dialog('second-read'), {
      ...SHIFT,
      ...MENU,
      on: () => reads.apart,
    });
    bind(['p'], 'Shift P', 'keys.does_figures', () => actions.dialog('figures'), {
      ...SHIFT,
      ...MENU,
    });
    bind(['h'], 'H', 'keys.does_historyDecisions', () => actions.dialog('history'), MENU);
    const compare = (): void => (reads.comparing ? reads.leave() : void reads.compare());
    bind(['h'], 'Shift H', 'keys.does_differences', compare, {
      ...SHIFT,
      ...MENU,
      on: () => reads.comparing,
    });
    const letGo = (): void => {
      events.rejecting = false;
      selection.clearChosen();
      hand.letGo();
      networks.leave();
    };
    bind(['Escape'], 'Esc', 'keys.does_letGoWhatChosenOr', letGo);
    bind(['d'], 'D', 'keys.does_nextBeatInHand', () => hand.step(1), HELD);
    bind(['d'], 'Shift D', 'keys.does_previousBeatInHand', () => hand.step(-1), {
      ...SHIFT,
      ...HELD,
    });
    bind(['1', '2', '3', '4', '5'], '1 – 5', 'keys.does_beatInHandNS', (key) => {
      if (!steps.choose(Number(key))) hand.reclass(BEAT_CLASSES[Number(key) - 1] ?? 'Q');
    });
    bind(['<'], '<', 'keys.does_beatInHandEarlier', () => void hand.move(-NUDGE_S), HELD);
    bind(['>'], '>', 'keys.does_beatInHandLater', () => void hand.move(NUDGE_S), HELD);
    bind(['Insert'], 'Insert', 'keys.does_addBeatAtCursor', () => {
      void hand.addAtCursor(firstLead());
    });
    bind(['Delete'], 'Delete', 'keys.does_deleteBeatInHand', () => hand.remove());
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
  const speed = (by: number) => (): void => view.chooseSpeed(stepOf(SPEEDS, view.speedMmPerS, by));
  const overlay = (): void => set({ overlay: nextOf(OVERLAYS, overlayMode.value) });
  const filter = (): void => void (leads.band = nextOf(FILTERS, leads.band));
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
    bind(['m'], 'M', 'keys.does_overlayOffAttentionEvidence', overlay);
    bind(['m'], 'Shift M', 'keys.does_attentionHeadModelThatHas', head, SHIFT);
    bind(['w'], 'Shift W', 'keys.does_whatIf', () => useWhatIf().toggle(), { ...SHIFT, ...MENU });
    bind(['f'], 'F', 'keys.does_filterRawOr05', filter);
    bind(['+', '='], '+', 'keys.does_moreGain', gain(1), HELD);
    bind(['-'], '-', 'keys.does_lessGain', gain(-1), HELD);
    bind([']'], ']', 'keys.does_fasterSweep', speed(1), HELD);
    bind(['['], '[', 'keys.does_slowerSweep', speed(-1), HELD);
    bind(['l'], 'L', 'keys.does_leadsShowOrderGain', () => actions.dialog('leads'), MENU);
    bind(['q'], 'Q', 'keys.does_twelveLeads346', () => leads.next(), MENU);
    bind(['\\'], '\\', 'keys.does_leftColumnToRail', () => (leads.railed = !leads.railed), {
      ...MENU,
      on: () => leads.railed,
    });
    bind(['v'], 'V', 'keys.does_beatsModel', () => (view.showBeats = !view.showBeats), {
      ...MENU,
      on: () => view.showBeats,
    });
    bind(
      ['r'],
      'R',
      'keys.does_annotationsRecording',
      () => (view.showReference = !view.showReference),
      { ...MENU, on: () => view.showReference },
    );
    const nextAnnotator = (): void => {
      view.showReference = true;
      void recording.nextAnnotator();
    };
    bind(['r'], 'Shift R', 'keys.does_nextAnnotationFile', nextAnnotator, SHIFT);
    bind(['c'], 'C', 'keys.does_newMark', () => calipers.begin(), MENU);
    bind(['w'], 'W', 'keys.does_wholeRecording', () => (view.showOverview = !view.showOverview), {
      ...MENU,
      on: () => view.showOverview,
    });
    bind(
      ['j'],
      'J',
      'keys.does_verdictsNetworksBySegment',
      () => (view.showBand = !view.showBand),
      {
        ...MENU,
        on: () => view.showBand,
      },
    );
    bind(['k'], 'K', 'keys.does_calibrateScreen', () => actions.dialog('calibrate'), MENU);
    bind(['t'], 'T', 'keys.does_themeSystemLightDark', theme, MENU);
  });
}
