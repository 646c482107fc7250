import { ok, type Result, type Segment } from '../../../shared/domain';
import type { AnalyserInput } from '../analyser';
import { neverNormal } from '../never-normal';
import { judgeStandstill } from '../standstill';
import { judge } from '../verdict';
import { abnormalProbabilities } from './segment-probability';
import type { WindowBatch } from './windows';

/** The segments of windows: what the network says of those that can be read, and the rules for what it cannot see. */
export async function judgeWindows(
  input: AnalyserInput,
  { windows, samples }: WindowBatch,
): Promise<Result<Segment[]>> {
  const { card } = input.model;
  const answered = await abnormalProbabilities(input, samples);
  if (!answered.ok) return answered;
  const abnormal = answered.value;
  let row = 0;
  return ok(
    windows.map((window) => {
      const probability = window.unreadable === null ? abnormal[row++]! : null;
      const { still } = window;
      const standstill =
        still &&
        judgeStandstill(
          window,
          { ...still, probability: still.isEmpty ? null : probability },
          card,
        );
      return standstill ?? neverNormal(window, judge(window, probability, card), card);
    }),
  );
}
