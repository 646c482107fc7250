import { z } from 'zod';
import { Finding } from './finding';

const Reader = z.string().max(200);

/** That a decision settles what two reads say differently: it belongs to neither of them. */
export const Adjudication = z.object({
  /** Whose second read it is about. */
  second: Reader,
  /** The side that it takes; `own` is neither. */
  take: z.enum(['first', 'second', 'own']),
});
export type Adjudication = z.infer<typeof Adjudication>;

/**
 * A step of a second read: `begin` and `finish` by the second reader, between which their acts stand apart from all
 * others; `compare` by whoever looks at both, from when on acts are no part of the first read. No undo takes one back.
 */
export const SecondReadStep = z.object({
  kind: z.literal('second-read'),
  step: z.enum(['begin', 'finish', 'compare']),
  second: Reader,
});
export type SecondReadStep = z.infer<typeof SecondReadStep>;

/** A second read, how far it is. */
export const SecondRead = z.object({
  reader: Reader,
  begunAtMs: z.number(),
  /** Null while it goes on. */
  finishedAtMs: z.number().nullable(),
  /** Null before both reads were looked at. */
  comparedAtMs: z.number().nullable(),
  /** The file that it came in; null where it was made here. */
  importedFrom: z.string().nullable(),
});
export type SecondRead = z.infer<typeof SecondRead>;

/** How two reads agree over what both decided. */
export const Agreement = z.object({
  /** Things that both decided, and those on which they said the same. */
  both: z.int().min(0),
  agreed: z.int().min(0),
  /** Cohen's kappa; null where both said one and the same of all, or nothing was decided by both. */
  kappa: z.number().nullable(),
  /** Decided by one alone. */
  firstOnly: z.int().min(0),
  secondOnly: z.int().min(0),
  /** How often which pair of words was said. */
  table: z.array(z.object({ first: z.string(), second: z.string(), count: z.int().min(1) })),
});
export type Agreement = z.infer<typeof Agreement>;

/** What one read says of an event. */
export const ReadDecision = z.object({
  state: z.enum(['confirmed', 'rejected', 'unsure']),
  note: z.string(),
  rejectedAs: Finding.shape.rejectedAs,
  /** Null where it follows from the beats and the classes that the reader left. */
  reader: Reader.nullable(),
});
export type ReadDecision = z.infer<typeof ReadDecision>;

/** An event that two reads say different things of. */
export const Difference = z.object({
  finding: Finding,
  first: ReadDecision,
  second: ReadDecision,
  /** How it was settled; null while it is not. */
  adjudicated: ReadDecision.extend({ take: Adjudication.shape.take, atMs: z.number() }).nullable(),
});
export type Difference = z.infer<typeof Difference>;

/** Two reads of one recording beside each other. */
export const ReadComparison = z.object({
  /** Who made the first read, in the order of their first acts. */
  first: z.array(Reader),
  second: SecondRead,
  /** Events that are settled one by one, and the networks' segments. */
  events: Agreement,
  segments: Agreement,
  /** Most urgent kind first, in time order within a kind. */
  differences: z.array(Difference),
  /** Who settled differences. */
  adjudicators: z.array(Reader),
});
export type ReadComparison = z.infer<typeof ReadComparison>;
