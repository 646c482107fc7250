export const ROOT: string;
export function isBuilt(root?: string): boolean;
export function buildIfNeeded(root?: string): boolean;
