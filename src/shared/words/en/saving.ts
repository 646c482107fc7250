export const saving = {
  notSaved: 'Not saved',
  saving: 'Saving …',
  saved: 'Saved',
  cannotBeRead: 'Decisions cannot be read',
} as const;
