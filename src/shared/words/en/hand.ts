/** Beats taken in hand on the paper. */
export const hand = {
  chosen: '{n, plural, one {# beat} other {# beats}}',
  chosenLabel: '{n, plural, one {# beat} other {# beats}} chosen, from {from} to {to}',
  family: 'chosen on the paper',
  delete: 'Delete',
  letGo: 'Let go of the beats',
} as const;
