import { familiesOf, type Families, type FamiliesInput } from '../../beats/families';
import { defineTask } from '../../workers/task';

/** Worker task: the families of a long recording, in the fifth of a second that a day takes. */
export const familiesTask = defineTask(
  'families',
  async (input: FamiliesInput): Promise<Families> => familiesOf(input),
);
