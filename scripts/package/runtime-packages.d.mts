export function importedPackages(root: string): Set<string>;
export function withDependencies(
  root: string,
  names: Iterable<string>,
): { required: Set<string>; optional: Set<string> };
