import { describe, expect, it, vi } from 'vitest';
import { beatClassOf, leaveOut, poolSegment, saysNothing, taskFor } from './beat-answers';
import {
  answeringSequence,
  SEQUENCE_BEATS,
  sequenceInputs,
  sequenceStarts,
} from './beat-sequences';
import { judgeBeats } from './beat-verdict';
import type { BeatParameters } from './beat-parameters';
import type { BeatTokens } from '../../beats/features';
import type { SegmentWindow } from '../types';

function twoBeats(): BeatTokens {
  return {
    timeS: Float64Array.from([1, 2]),
    seen: Uint8Array.from([1, 1]),
    leads: 1,
    samples: 96,
    windows: new Float32Array(192).fill(9),
    forms: Int32Array.from([0, 1]),
    formMeans: new Float32Array(192).fill(7, 0, 96).fill(0.5, 96),
    formBeats: Uint32Array.from([2, 40]),
    dominant: new Float32Array(96).fill(-9),
    amplitudeMv: new Float32Array([1]),
    present: new Float32Array([1, 1]),
    similarity: new Float32Array(2),
    rhythm: new Float32Array(10).fill(1),
  };
}

describe('beats that no lead shows', () => {
  it('are masked for the network and have no share in a decision', () => {
    const tokens = { ...twoBeats(), seen: Uint8Array.from([0, 1]) };
    expect([
      ...sequenceInputs(tokens, [{ start: 0, masked: [] }])['mask']!.data.slice(0, 3),
    ]).toEqual([0, 1, 0]);
    const answers = { attention: Float32Array.from([9, 1]), score: Float32Array.from([50, 2]) };
    leaveOut(answers, (beat) => saysNothing({ ...tokens, paced: new Uint8Array(2) }, beat), 1);
    const { attention, marginLogit } = poolSegment(answers, 0, 2, { members: 1, biasLogit: -1 });
    expect([...attention]).toEqual([0, 1]);
    expect(marginLogit).toBe(1);
  });
});

describe('paced beats', () => {
  it('leave a segment of nothing else to the bias', () => {
    const answers = { attention: Float32Array.from([9, 1]), score: Float32Array.from([50, 2]) };
    const paced = { seen: Uint8Array.from([1, 1]), paced: Uint8Array.from([1, 1]) };
    leaveOut(answers, (beat) => saysNothing(paced, beat), 1);
    expect(poolSegment(answers, 0, 2, { members: 1, biasLogit: -1 }).marginLogit).toBe(-1);
  });
});

describe('a strip', () => {
  it('has a bias of its own', () => {
    const parameters = {
      segmentBiasLogit: { review: -1, ectopy: -2 },
      members: 2,
      strip: { shiftLogit: -1.5, fibrillationMean: 0.3 },
    };
    const task = (durationS: number) =>
      taskFor(parameters as BeatParameters, 'review', durationS).biasLogit;
    expect([task(30), task(61), task(1800)]).toEqual([-2.5, -2.5, -1]);
  });
});

describe('poolSegment', () => {
  const answers = {
    attention: Float32Array.from([0, 5, 9, 9, 2, 1, 1, 3]),
    score: Float32Array.from([1, 1, -2, 4, 3, 0.5, 7, 2]),
  };
  it('adds up to the decision, and its attention to 1', () => {
    const { attention, evidence, marginLogit } = poolSegment(answers, 1, 4, {
      members: 2,
      biasLogit: -1.5,
    });
    expect(attention.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
    expect(evidence.reduce((a, b) => a + b, -1.5)).toBeCloseTo(marginLogit, 6);
    // Written out for one member: softmax over beats 1 to 3 of attention 9, 2, 1 with scores -2, 3, 7.
    const alone = poolSegment(
      { attention: Float32Array.from([9, 2, 1]), score: Float32Array.from([-2, 3, 7]) },
      0,
      3,
      { members: 1, biasLogit: 0 },
    );
    const w = [Math.exp(9), Math.exp(2), Math.exp(1)];
    expect(alone.marginLogit).toBeCloseTo(
      (-2 * w[0]! + 3 * w[1]! + 7 * w[2]!) / (w[0]! + w[1]! + w[2]!),
      5,
    );
  });
});

describe('sequences', () => {
  it.each([1, 63, 64, 65, 96, 97, 500])('cover %d beats, each answered once', (beats) => {
    const starts = sequenceStarts(beats);
    const owner = answeringSequence(beats, starts);
    owner.forEach((sequence, beat) => {
      expect(sequence).toBeGreaterThanOrEqual(0);
      const at = beat - starts[sequence]!;
      expect(at >= 0 && at < SEQUENCE_BEATS).toBe(true);
      // Away from the recording's ends there are 15 beats of context on each side or more.
      if (beat > 40 && beat < beats - 40) expect(Math.min(at, 63 - at)).toBeGreaterThanOrEqual(15);
    });
  });

  it('clip, pad and mask', () => {
    const inputs = sequenceInputs(twoBeats(), [{ start: 0, masked: [1] }]);
    expect(inputs['mask']!.data.slice(0, 3)).toEqual(Float32Array.from([1, 0, 0]));
    expect(inputs['windows']!.dims).toEqual([1, 64, 1, 96]);
    expect([inputs['windows']!.data[0], inputs['windows']!.data[192]]).toEqual([6, 0]);
    expect(inputs['dominant']!.data[0]).toBe(-6);
  });

  it('give each beat the mean of its form, and itself where the form is too rare', () => {
    const inputs = sequenceInputs(twoBeats(), [{ start: 0, masked: [] }]);
    const { data } = inputs['formMeans']!;
    // The first form has two beats only; the second forty.
    expect([data[0], data[96], data[192]]).toEqual([6, 0.5, 0]);
    expect(inputs['formBeats']!.data.slice(0, 3)).toEqual(Float32Array.from([1, 40, 1]));
    expect(inputs['formMeans']!.dims).toEqual([1, 64, 1, 96]);
  });
});

describe('beatClassOf', () => {
  it('says Q where no class is likely enough', () => {
    const classes = Float32Array.from([0.1, 0.7, 0.1, 0.05, 0.05, 0.4, 0.3, 0.2, 0.05, 0.05]);
    const parameters = { classes: ['N', 'S', 'V', 'F', 'Q'], uncertainBelow: 0.45 };
    expect(beatClassOf({ classes }, 0, parameters).beatClass).toBe(1);
    expect(beatClassOf({ classes }, 1, parameters).beatClass).toBe(4);
  });
});

describe('judgeBeats', () => {
  const card = {
    id: 'm',
    threshold: { value: 0.4, chosen: '' },
    referBand: { low: 0.3, high: 0.5 },
  };
  const window = { index: 0, startS: 0, endS: 10, unreadable: null };
  const calm = {
    probability: 0.01,
    ectopy: 0.02,
    af: 0.03,
    isFibrillating: false,
    ventricularInARow: 0,
    longestGapS: 1,
    pauseS: 0,
  };
  it('leaves to a reader what sinus arrhythmia explains, and flags it all the same where more than that is likely', () => {
    const variesAsSinus = vi.fn(() => true);
    const sinus = { ...calm, probability: 0.62, variesAsSinus };
    const softened = { verdict: 'Normal', probability: 0.62, refer: true };
    expect(judgeBeats(window, sinus, card)).toMatchObject({
      ...softened,
      reason: 'may be sinus arrhythmia',
    });
    const other = [{ ectopy: 0.5 }, { af: 0.5 }, { pauseS: 1.9 }];
    for (const more of [{ variesAsSinus: () => false }, ...other])
      expect(judgeBeats(window, { ...sinus, ...more }, card).verdict).toBe('Abnormal');
    const swinging = { ...sinus, probability: 0.97, af: 0.96, isSinus: true };
    expect(judgeBeats(window, swinging, card)).toMatchObject({ ...softened, probability: 0.97 });
    expect(judgeBeats(window, { ...swinging, ectopy: 0.5 }, card).verdict).toBe('Abnormal');
    expect(judgeBeats({ ...window, mayFibrillate: true }, sinus, card)).toMatchObject({
      verdict: 'Abnormal',
      reason: 'may be ventricular fibrillation',
    });
    const calmer = judgeBeats(window, { ...sinus, probability: 0.39 }, card);
    expect(calmer).toMatchObject({
      verdict: 'Normal',
      reason: 'may be sinus arrhythmia',
      refer: false,
    });
    variesAsSinus.mockClear();
    const calmest = judgeBeats(window, { ...sinus, probability: 0.1 }, card);
    expect(calmest).toMatchObject({ verdict: 'Normal', reason: null, refer: false });
    expect(variesAsSinus).not.toHaveBeenCalled();
  });

  it('carries the answers apart, and calls nothing Normal inside a reported episode or with a pause', () => {
    expect(judgeBeats(window, calm, card)).toMatchObject({
      verdict: 'Normal',
      ectopy: 0.02,
      af: 0.03,
    });
    expect(judgeBeats({ ...window, mayFibrillate: true }, calm, card)).toMatchObject({
      verdict: 'Abnormal',
      reason: 'may be ventricular fibrillation',
      refer: true,
    });
    expect(judgeBeats({ ...window, fastBpm: 240 }, calm, card)).toMatchObject({
      verdict: 'Abnormal',
      reason: 'tachycardia of 240 bpm',
    });
    const fibrillating = judgeBeats(window, { ...calm, af: 0.8, isFibrillating: true }, card);
    expect(fibrillating).toMatchObject({
      verdict: 'Abnormal',
      probability: 0.8,
      reason: 'atrial fibrillation',
    });
    const pause = judgeBeats(window, { ...calm, pauseS: 1.9 }, card);
    expect(pause).toMatchObject({
      verdict: 'Abnormal',
      probability: 0.4,
      reason: 'pause of 1.9 s',
    });
  });

  it('flags in doubt only what is sure; the rest is noise', () => {
    const doubtful = { ...window, isDoubtful: true };
    const verdict = (evidence: Partial<typeof calm>): string =>
      judgeBeats(doubtful, { ...calm, ...evidence }, card).verdict;
    expect(verdict({})).toBe('Normal');
    expect(verdict({ probability: 0.6 })).toBe('Unreadable');
    expect(verdict({ probability: 0.9 })).toBe('Abnormal');
    expect(verdict({ pauseS: 1.9 })).toBe('Unreadable');
    expect(verdict({ af: 0.8, isFibrillating: true })).toBe('Abnormal');
    expect(verdict({ longestGapS: 3.4 })).toBe('Abnormal');
  });

  it('flags beside a noisy second only what is sure, and a pause or fibrillation all the same', () => {
    const disturbed = { ...window, isDisturbed: true };
    const verdict = (evidence: Partial<typeof calm>): string =>
      judgeBeats(disturbed, { ...calm, ...evidence }, card).verdict;
    expect(verdict({})).toBe('Normal');
    expect(verdict({ probability: 0.6 })).toBe('Unreadable');
    expect(verdict({ probability: 0.9 })).toBe('Abnormal');
    expect(verdict({ pauseS: 1.9 })).toBe('Abnormal');
    expect(verdict({ probability: 0.6, pauseS: 1.9 })).toBe('Abnormal');
    expect(verdict({ probability: 0.6, longestGapS: 2.1 })).toBe('Abnormal');
    expect(verdict({ af: 0.8, isFibrillating: true })).toBe('Abnormal');
    expect(verdict({ longestGapS: 3.4 })).toBe('Abnormal');
  });

  it('asks for less where a slow heart, a couplet or a run is in the noise', () => {
    const verdict = (changed: Partial<SegmentWindow>, evidence: Partial<typeof calm>): string =>
      judgeBeats({ ...window, ...changed }, { ...calm, probability: 0.73, ...evidence }, card)
        .verdict;
    for (const noise of [{ isDoubtful: true }, { isDisturbed: true }]) {
      expect(verdict(noise, {})).toBe('Unreadable');
      expect(verdict(noise, { ventricularInARow: 1 })).toBe('Unreadable');
      expect(verdict(noise, { ventricularInARow: 2 })).toBe('Abnormal');
      expect(verdict(noise, { longestGapS: 1.6 })).toBe('Abnormal');
      expect(verdict(noise, { probability: 0.76 })).toBe('Abnormal');
    }
    expect(verdict({}, {})).toBe('Abnormal');
  });

  it('takes no beat called ventricular out of noise that the network itself does not flag', () => {
    const verdict = (changed: Partial<SegmentWindow>, evidence: Partial<typeof calm>): string =>
      judgeBeats({ ...window, ...changed }, { ...calm, ...evidence }, card).verdict;
    const ventricular = { ventricularInARow: 1 };
    expect(verdict({ isDisturbed: true }, ventricular)).toBe('Unreadable');
    expect(verdict({ isDoubtful: true }, ventricular)).toBe('Unreadable');
    expect(verdict({ isDisturbed: true }, { ...ventricular, probability: 0.9 })).toBe('Abnormal');
    // A slow heart, which findings flag; two in a row.
    expect(verdict({ isDisturbed: true }, { ...ventricular, longestGapS: 2.1 })).toBe('Normal');
    expect(verdict({ isDisturbed: true }, { ventricularInARow: 2 })).toBe('Normal');
    expect(verdict({ isDisturbed: true }, { ventricularInARow: 2, probability: 0.6 })).toBe(
      'Abnormal',
    );
    // Without noise the network's verdict stands, and findings flag the segment for its beat.
    expect(verdict({}, ventricular)).toBe('Normal');
  });

  it('never calls a segment without a heartbeat Normal', () => {
    const none = judgeBeats(
      window,
      { ...calm, probability: null, ectopy: null, af: null, longestGapS: 10 },
      card,
    );
    expect([none.verdict, none.refer, none.reason]).toEqual([
      'Abnormal',
      true,
      'no heartbeat found',
    ]);
    const pause = judgeBeats(window, { ...calm, longestGapS: 3.4 }, card);
    expect([pause.verdict, pause.refer]).toEqual(['Abnormal', true]);
    expect(pause.reason).toBe('no heartbeat for 3.4 s');
    const missed = judgeBeats(window, { ...calm, longestGapS: 3.4, isRestless: true }, card);
    expect([missed.verdict, missed.refer]).toEqual(['Abnormal', true]);
    expect(missed.reason).toBe('no heartbeat found for 3.4 s');
    expect(judgeBeats(window, { ...calm, longestGapS: 2.4 }, card).verdict).toBe('Normal');
    expect(
      judgeBeats({ ...window, unreadable: 'flat' }, { ...calm, probability: null }, card).verdict,
    ).toBe('Unreadable');
  });
});
