import type { BeatColumns } from './analysis';
import { BEAT_CLASSES } from './beat-classes';
import { lowerBound } from './lower-bound';
import type { ReviewEdit } from './review';

/** A beat named by its time is the nearest one within this distance: half the EC57 match window of 150 ms. */
export const SAME_BEAT_S = 0.075;

/** An edit with its place in the trail, from 1. */
export interface PlacedEdit {
  readonly edit: ReviewEdit;
  readonly sequence: number;
}

/** Beats as a reader left them. */
export interface EditedBeats {
  readonly beats: BeatColumns;
  /** Place in the trail of the edit that last set each beat by hand, 0 where none did, [beats]. */
  readonly handAt: Uint32Array;
}

/**
 * The model's beats as the reader left them: edits applied in order. A class set by hand has confidence 1. An edit whose beat is gone (a later model found none
 * there) changes nothing, and neither do edits that are not about beats. Takes as long as there are beats and edits.
 * @returns new columns in time order; the input is not changed
 */
export function editBeats(beats: BeatColumns, edits: readonly PlacedEdit[]): EditedBeats {
  return createBeatEdits(beats)(edits);
}

/** One more edit on beats as edits left them, to look at: it names beats by their own times. */
export function editedAgain({ beats, handAt }: EditedBeats, edit: PlacedEdit): EditedBeats {
  const board = createBoard(beats, handAt);
  makeOn(board, edit);
  return board.result();
}

/**
 * `editBeats` again and again: edits that come after those of the last call are made on what these left, and all are made anew
 * where one of them is gone.
 * @param made told of every edit that is made, for tests
 */
export function createBeatEdits(
  beats: BeatColumns,
  made: (edit: PlacedEdit) => void = () => undefined,
): (edits: readonly PlacedEdit[]) => EditedBeats {
  let board = createBoard(beats);
  let done: readonly PlacedEdit[] = [];
  return (edits) => {
    if (edits.length === 0) return { beats, handAt: new Uint32Array(beats.timeS.length) };
    const isOn = done.every((one, i) => one.sequence === edits[i]?.sequence);
    if (!isOn) board = createBoard(beats);
    for (let i = isOn ? done.length : 0; i < edits.length; i++) {
      made(edits[i]!);
      makeOn(board, edits[i]!);
    }
    done = [...edits];
    return board.result();
  };
}

function makeOn(board: Board, { edit, sequence }: PlacedEdit): void {
  switch (edit.kind) {
    case 'add-beat':
      board.add(edit.timeS, BEAT_CLASSES.indexOf(edit.beatClass), sequence);
      break;
    case 'reclass-beat':
      board.reclass(edit.timeS, BEAT_CLASSES.indexOf(edit.beatClass), sequence);
      break;
    case 'relabel-beats': {
      const beatClass = BEAT_CLASSES.indexOf(edit.beatClass);
      for (const timeS of edit.timesS) board.reclass(timeS, beatClass, sequence);
      break;
    }
    case 'form-beats': {
      if (edit.beatClass === null) break;
      const beatClass = BEAT_CLASSES.indexOf(edit.beatClass);
      for (const timeS of edit.timesS) board.reclass(timeS, beatClass, sequence);
      break;
    }
    case 'see-beats':
      for (const timeS of edit.timesS) board.see(timeS, sequence);
      break;
    case 'move-beat':
      board.move(edit.timeS, edit.toTimeS, sequence);
      break;
    case 'delete-beat':
      board.remove(edit.timeS);
      break;
    case 'delete-beats':
      for (const timeS of edit.timesS) board.remove(timeS);
  }
}

interface Beat {
  timeS: number;
  beatClass: number;
  confidence: number;
  attention: number;
  handAt: number;
}

/** Beats that can be named by time and changed, each in the time of a search. */
interface Board {
  add(timeS: number, beatClass: number, sequence: number): void;
  reclass(timeS: number, beatClass: number, sequence: number): void;
  /** Says that the class is right. */
  see(timeS: number, sequence: number): void;
  move(timeS: number, toTimeS: number, sequence: number): void;
  remove(timeS: number): void;
  result(): EditedBeats;
}

const CELL_S = 0.1;
const cellOf = (at: number): number => Math.floor(at / CELL_S);

/** `lowerBound` of times that are mostly asked for in order, as the beats of a form are: each is one of the next, or a search away. */
function forwardSearch(timeS: Float64Array): (at: number) => number {
  const nearBy = 8;
  let last = 0;
  return (at) => {
    let next = last;
    while (next < timeS.length && timeS[next]! < at && next - last < nearBy) next++;
    if (timeS[next] !== at || timeS[next - 1] === at) next = lowerBound(timeS, at);
    last = next;
    return next;
  };
}

/** Beats that were there stay in their columns; those that were added or moved lie beside, by tenths of a second. */
function createBoard(beats: BeatColumns, hands?: Uint32Array): Board {
  const { timeS, attention } = beats;
  const beatClass = beats.beatClass.slice();
  const confidence = beats.confidence.slice();
  const handAt = hands?.slice() ?? new Uint32Array(timeS.length);
  const gone = new Uint8Array(timeS.length);
  const added = new Map<number, Beat[]>();
  const placeOf = forwardSearch(timeS);

  function put(beat: Beat): void {
    const cell = added.get(cellOf(beat.timeS));
    if (cell) cell.push(beat);
    else added.set(cellOf(beat.timeS), [beat]);
  }
  function drop(beat: Beat): void {
    const cell = added.get(cellOf(beat.timeS))!;
    cell.splice(cell.indexOf(beat), 1);
  }
  /** Nearest column entry, its index; of equally near ones the first. */
  function nearestColumn(at: number): { index: number; distanceS: number } | null {
    const own = placeOf(at);
    if (timeS[own] === at && gone[own] === 0) return { index: own, distanceS: 0 };
    let best: { index: number; distanceS: number } | null = null;
    for (let i = lowerBound(timeS, at - SAME_BEAT_S); i < timeS.length; i++) {
      const distanceS = Math.abs(timeS[i]! - at);
      if (timeS[i]! > at && distanceS > SAME_BEAT_S) break;
      if (gone[i] === 1 || distanceS > SAME_BEAT_S) continue;
      if (!best || distanceS < best.distanceS) best = { index: i, distanceS };
    }
    return best;
  }
  function nearestAdded(at: number): { beat: Beat; distanceS: number } | null {
    let best: { beat: Beat; distanceS: number } | null = null;
    for (let cell = cellOf(at - SAME_BEAT_S); cell <= cellOf(at + SAME_BEAT_S); cell++) {
      for (const beat of added.get(cell) ?? []) {
        const distanceS = Math.abs(beat.timeS - at);
        if (distanceS > SAME_BEAT_S) continue;
        if (!best || distanceS < best.distanceS) best = { beat, distanceS };
      }
    }
    return best;
  }
  /** The beat that is meant, taken from its column into the open where it lies in one. */
  function take(at: number): Beat | null {
    const column = nearestColumn(at);
    const beside = nearestAdded(at);
    if (beside && (!column || beside.distanceS < column.distanceS)) {
      drop(beside.beat);
      return beside.beat;
    }
    if (!column) return null;
    const i = column.index;
    gone[i] = 1;
    return {
      timeS: timeS[i]!,
      beatClass: beatClass[i]!,
      confidence: confidence[i]!,
      attention: attention[i]!,
      handAt: handAt[i]!,
    };
  }
  /** @param code class to set, null for the one that the beat has */
  function set(at: number, code: number | null, sequence: number): void {
    const column = nearestColumn(at);
    const beside = nearestAdded(at);
    if (beside && (!column || beside.distanceS < column.distanceS)) {
      const { beat } = beside;
      Object.assign(beat, {
        beatClass: code ?? beat.beatClass,
        confidence: 1,
        handAt: sequence,
      });
    } else if (column) {
      beatClass[column.index] = code ?? beatClass[column.index]!;
      confidence[column.index] = 1;
      handAt[column.index] = sequence;
    }
  }
  return {
    add: (at, code, sequence) =>
      put({ timeS: at, beatClass: code, confidence: 1, attention: 0, handAt: sequence }),
    reclass: set,
    see: (at, sequence) => set(at, null, sequence),
    move(at, toTimeS, sequence) {
      const beat = take(at);
      if (beat) put({ ...beat, timeS: toTimeS, handAt: sequence });
    },
    remove: (at) => void take(at),
    result() {
      const rest = [...added.values()].flat();
      const columns = { timeS, beatClass, confidence, attention, handAt };
      if (rest.length > 0 || gone.includes(1)) return merged(columns, gone, rest);
      // Further edits are made on the board itself.
      return {
        beats: { timeS, beatClass: beatClass.slice(), confidence: confidence.slice(), attention },
        handAt: handAt.slice(),
      };
    },
  };
}

/** The columns that are left, and the other beats between them, in time order. */
function merged(
  columns: BeatColumns & { readonly handAt: Uint32Array },
  gone: Uint8Array,
  others: readonly Beat[],
): EditedBeats {
  const beside = [...others].sort((a, b) => a.timeS - b.timeS);
  const kept = gone.reduce((count, isGone) => count + (isGone ? 0 : 1), 0);
  const total = kept + beside.length;
  const beats = {
    timeS: new Float64Array(total),
    beatClass: new Uint8Array(total),
    confidence: new Float32Array(total),
    attention: new Float32Array(total),
  };
  const handAt = new Uint32Array(total);
  let next = 0;
  let to = 0;
  const write = (beat: Beat): void => {
    beats.timeS[to] = beat.timeS;
    beats.beatClass[to] = beat.beatClass;
    beats.confidence[to] = beat.confidence;
    beats.attention[to] = beat.attention;
    handAt[to++] = beat.handAt;
  };
  for (let i = 0; i < gone.length; i++) {
    if (gone[i] === 1) continue;
    const timeS = columns.timeS[i]!;
    while (next < beside.length && beside[next]!.timeS < timeS) write(beside[next++]!);
    write({
      timeS,
      beatClass: columns.beatClass[i]!,
      confidence: columns.confidence[i]!,
      attention: columns.attention[i]!,
      handAt: columns.handAt[i]!,
    });
  }
  while (next < beside.length) write(beside[next++]!);
  return { beats, handAt };
}
