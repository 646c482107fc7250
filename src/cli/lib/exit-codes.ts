/** Exit codes of every command (design.md section 9). */
export const EXIT = { done: 0, someFailed: 1, wrongUse: 2 } as const;
