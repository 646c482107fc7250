export const worklist = {
  title: 'Worklist',
} as const;
