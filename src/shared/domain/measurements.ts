import { z } from 'zod';
import { DISPLAY_FILTER_IDS } from './display-filters';

/** Fiducial marks of a heartbeat, in time order. */
export const FIDUCIALS = [
  'pOnset',
  'pPeak',
  'pEnd',
  'qrsOnset',
  'qrsEnd',
  'tPeak',
  'tEnd',
] as const;
export type Fiducial = (typeof FIDUCIALS)[number];

const Ms = z.number().nullable();

/** Where each mark of a beat lies, milliseconds from its R peak; null where the wave is not there. */
export const Fiducials = z.object({
  pOnset: Ms,
  pPeak: Ms,
  pEnd: Ms,
  qrsOnset: Ms,
  qrsEnd: Ms,
  tPeak: Ms,
  tEnd: Ms,
});
export type Fiducials = z.infer<typeof Fiducials>;

/** The median of like beats in every lead, aligned. */
export const AveragedBeat = z.object({
  rateHz: z.number().positive(),
  /** Sample of the R peak. */
  peakAt: z.int().min(0),
  /** Beats in it, of the normal beats in the stretch. */
  beats: z.int().min(0),
  of: z.int().min(0),
  leads: z.array(
    z.object({
      /** In the recording. */
      index: z.int().min(0),
      name: z.string(),
      /** mV against the level before QRS, one array a lead, all of one length. */
      valuesMv: z.instanceof(Float32Array),
      /** Signal `fromMs` after the end of QRS, mV; null without an end of QRS. */
      st60Mv: z.number().nullable(),
      st80Mv: z.number().nullable(),
    }),
  ),
});
export type AveragedBeat = z.infer<typeof AveragedBeat>;

/** Intervals of the averaged beat. Measured, not interpreted: nothing says what is normal. */
export const Intervals = z.object({
  rateBpm: z.number().nullable(),
  /** Mean RR of the stretch, from which the rate and both QTc come. */
  rrMs: Ms,
  pMs: Ms,
  prMs: Ms,
  qrsMs: Ms,
  qtMs: Ms,
  qtcBazettMs: Ms,
  qtcFridericiaMs: Ms,
  /** Frontal axis of QRS from the net areas in I and aVF, degrees, -180 to 180; null without those leads. */
  qrsAxisDeg: z.number().nullable(),
});
export type Intervals = z.infer<typeof Intervals>;

/** A mark that a reader moved. */
export const MovedFiducial = z.object({
  fiducial: z.enum(FIDUCIALS),
  /** From the R peak; null says that there is no such wave. */
  atMs: Ms,
  reader: z.string(),
  movedAtMs: z.number(),
});
export type MovedFiducial = z.infer<typeof MovedFiducial>;

/** What was measured in a stretch of a recording, seconds from its start. */
export const Measurements = z.object({
  startS: z.number().min(0),
  endS: z.number().min(0),
  /** Null where there is none; `missing` says why. */
  beat: AveragedBeat.nullable(),
  missing: z.string().nullable(),
  /** As the program placed them, and as they stand after the reader moved some. */
  found: Fiducials,
  fiducials: Fiducials,
  moved: z.array(MovedFiducial),
  intervals: Intervals,
});
export type Measurements = z.infer<typeof Measurements>;

/** Kinds of a mark that a reader sets with the calipers. */
const CALIPER_KINDS = ['interval', 'PR', 'QRS', 'QT', 'RR', 'ST', 'march-out'] as const;

/** A distance on the paper that a reader measured and kept. */
export const CaliperMark = z.object({
  id: z.string().min(1).max(60),
  kind: z.enum(CALIPER_KINDS),
  startS: z.number().min(0),
  endS: z.number().min(0),
  /** The lead it was measured in; null for all. */
  lead: z.int().min(0).nullable(),
  /** The signal at both edges, mV; null where it could not be read. */
  startMv: z.number().nullable(),
  endMv: z.number().nullable(),
  /** For QT: the RR interval that its QTc comes from. */
  rrMs: z.number().positive().nullable(),
  /** For ST: the signal 60 and 80 ms after the second edge, mV. */
  j60Mv: z.number().nullable().optional(),
  j80Mv: z.number().nullable().optional(),
  /** What the signal was read through, where mV are given. */
  filter: z.enum(DISPLAY_FILTER_IDS).optional(),
});
export type CaliperMark = z.infer<typeof CaliperMark>;
