export const counted = {
  beat: '{n, plural, one {# beat} other {# beats}}',
  form: '{n, plural, one {# form} other {# forms}}',
  segment: '{n, plural, one {# segment} other {# segments}}',
  run: '{n, plural, one {# run} other {# runs}}',
  couplet: '{n, plural, one {# couplet} other {# couplets}}',
  pause: '{n, plural, one {# pause} other {# pauses}}',
} as const;
