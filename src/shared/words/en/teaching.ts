/** Why reading a recording would teach a network something. */
export const teaching = {
  borderline: '{n, plural, one {# borderline stretch} other {# borderline stretches}}',
  unlike: 'forms unlike the training data in {share} of the beats',
  differing: 'the two models differ in {n, plural, one {# segment} other {# segments}}',
} as const;
