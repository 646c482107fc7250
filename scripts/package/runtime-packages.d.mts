export function runtimePackages(root: string): Set<string>;
