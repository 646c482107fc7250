import { BEAT_CLASSES } from '../../../shared/domain';
import type { ProgramForms } from './find-forms';

/** What a family is named by. */
export interface NamedFamily {
  /** Index into BEAT_CLASSES. */
  readonly beatClass: number;
  /** Index of the program's form, -1 for one that a reader made. */
  readonly form: number;
  readonly alone: boolean;
  /** Place in the trail at which a reader set its first beat by hand, 0 where none did. */
  readonly since: number;
  /** All beats of the program's form are in it, and no other. */
  isWhole: boolean;
}

/**
 * Names of families, class and letter. The forms that the program found in a class have its first letters for good, by
 * size; what a reader made or moved into a class comes after, in the order of their acts, so that no other is renamed.
 */
export function familyNames(
  families: readonly NamedFamily[],
  { formClass, alone }: ProgramForms,
): string[] {
  const rank = new Uint16Array(formClass.length);
  const found = new Uint16Array(BEAT_CLASSES.length);
  formClass.forEach((code, form) => {
    if (alone[form] === 0) rank[form] = found[code]!++;
  });
  const names: string[] = [];
  const isOwn = ({ form, beatClass }: NamedFamily): boolean =>
    form >= 0 && formClass[form] === beatClass;
  const later = [...families.keys()]
    .filter((k) => !families[k]!.alone && !isOwn(families[k]!))
    .sort((a, b) => families[a]!.since - families[b]!.since || a - b);
  families.forEach((family, k) => {
    const letter = BEAT_CLASSES[family.beatClass]!;
    if (family.alone) names[k] = `${letter} alone`;
    else if (isOwn(family)) names[k] = `${letter} ${letters(rank[family.form]!)}`;
  });
  for (const k of later) {
    const { beatClass } = families[k]!;
    names[k] = `${BEAT_CLASSES[beatClass]} ${letters(found[beatClass]!++)}`;
  }
  return names;
}

/** a to z, then aa, ab and so on. */
function letters(rank: number): string {
  const last = String.fromCharCode(97 + (rank % 26));
  return rank < 26 ? last : letters(Math.floor(rank / 26) - 1) + last;
}
