export const palette = {
  title: 'Commands',
  find: 'Find a command',
  none: 'No command fits.',
} as const;
