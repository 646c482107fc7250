/** Exit codes of every command. */
export const EXIT = { done: 0, someFailed: 1, wrongUse: 2 } as const;
