import { sameBytes } from '../../base/same-bytes';
import type { FamiliesInput } from './families-input';
import { familiesFrom, type Families } from './families-of';
import { groupBeats, type GroupedBeats } from './group-beats';

/**
 * Families of one recording again and again: its beats are grouped anew where one has another time, class or form, and not
 * where a reader has only seen some.
 * @param group told of by tests
 */
export function createFamiliesOf(
  group: (input: FamiliesInput) => GroupedBeats = groupBeats,
): (key: string, input: FamiliesInput) => Families {
  let last: { readonly key: string; readonly input: FamiliesInput; grouped: GroupedBeats } | null =
    null;
  return (key, input) => {
    if (last?.key !== key || !isSame(last.input, input))
      last = { key, input, grouped: group(input) };
    return familiesFrom(last.grouped, input);
  };
}

/** Whether the beats of two inputs of one recording, by the same program, are grouped alike. */
function isSame(one: FamiliesInput, other: FamiliesInput): boolean {
  const columns = ['timeS', 'beatClass', 'follows'] as const;
  return (
    one.acts.length === other.acts.length &&
    columns.every((name) => sameBytes(one.beats[name], other.beats[name])) &&
    sameBytes(one.program.timeS, other.program.timeS) &&
    JSON.stringify(one.acts) === JSON.stringify(other.acts)
  );
}
