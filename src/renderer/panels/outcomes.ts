/** What can be said of an event, each with the state that it is in then, its words and its key. */
export const OUTCOMES = [
  { id: 'confirm', state: 'confirmed', word: 'decisions.confirm', key: 'A' },
  { id: 'reject', state: 'rejected', word: 'decisions.reject', key: 'O' },
  { id: 'unsure', state: 'unsure', word: 'decisions.unsure', key: 'U' },
] as const;
export type Outcome = (typeof OUTCOMES)[number]['id'];
