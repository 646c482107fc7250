export function findPython(projectDir: string): string | null;
