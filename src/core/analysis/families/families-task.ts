import { createFamiliesOf, type Families, type FamiliesInput } from '../../beats/families';
import { defineTask } from '../../workers/task';

/** What the thread keeps between two acts of a reader, most of which change what was seen and no beat. */
const familiesOf = createFamiliesOf();

/** Worker task: the families of a long recording, in the fifth of a second that a day takes. */
export const familiesTask = defineTask(
  'families',
  async ({ key, ...input }: FamiliesInput & { readonly key: string }): Promise<Families> =>
    familiesOf(key, input),
);
