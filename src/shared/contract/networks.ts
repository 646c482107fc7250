import { z } from 'zod';
import { ModelCard, Verdict } from '../domain';
import { Reader } from './shapes';

/** A network among those of one id. */
export const KnownNetwork = z.object({
  /** Id and the beginning of its hash: `beat-attention@0123456789ab`. */
  key: z.string(),
  card: ModelCard,
  /** It gives the verdicts of its id now. */
  inUse: z.boolean(),
  /** It came with Fiducial. */
  shipped: z.boolean(),
});
export type KnownNetwork = z.infer<typeof KnownNetwork>;

/** A person took a network into use, or went back to the one before. */
export const Adoption = z.object({
  kind: z.enum(['adopt', 'rollback']),
  modelId: z.string(),
  /** Of the network in use from here on. */
  version: z.string(),
  /** Of its graph; '' for the network that was shipped. */
  sha256: z.string(),
  reader: z.string(),
  atMs: z.number(),
});
export type Adoption = z.infer<typeof Adoption>;

/** A segment that one network flags and the other does not. */
export const ChangedSegment = z.object({
  /** In the analysis that was compared. */
  segment: z.int().min(0),
  startS: z.number().min(0),
  endS: z.number().min(0),
  before: Verdict,
  after: Verdict,
  probabilityBefore: z.number().nullable(),
  probabilityAfter: z.number().nullable(),
});
export type ChangedSegment = z.infer<typeof ChangedSegment>;

const BeforeAfter = z.object({ before: z.int().min(0), after: z.int().min(0) });

/** What changes in one recording from the network that read it to another one, before any decision. */
export const NetworkComparison = z.object({
  key: z.string(),
  version: z.string(),
  flagsGone: z.int().min(0),
  flagsNew: z.int().min(0),
  flagsBoth: z.int().min(0),
  /** In time order. */
  changed: z.array(ChangedSegment),
  ventricularBeats: BeforeAfter,
  supraventricularBeats: BeforeAfter,
});
export type NetworkComparison = z.infer<typeof NetworkComparison>;

/** What is asked about networks; a part of `METHODS`. */
export const NETWORK_METHODS = {
  /** Takes a network into use for everything that is analysed from here on. `conflict` where it is in use. */
  'models.adopt': {
    input: z.object({ key: z.string().min(1).max(200), reader: Reader }),
    output: Adoption,
    idempotent: false,
    lane: 'interactive',
  },
  /** Goes back to the network that was in use before the last adoption. `conflict` without one. */
  'models.rollback': {
    input: z.object({ modelId: z.string().min(1).max(200), reader: Reader }),
    output: Adoption,
    idempotent: false,
    lane: 'interactive',
  },
  /** What another network says of a recording: analyses it where nobody has. Nothing is decided by it. */
  'models.compare': {
    input: z.object({
      analysisId: z.string().min(1).max(200),
      /** By id or key. */
      modelId: z.string().min(1).max(200),
    }),
    output: NetworkComparison,
    idempotent: true,
    lane: 'bulk',
  },
} as const;
