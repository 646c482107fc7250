/** Names that there are: a set, or the keys of a map. */
interface Names {
  has(name: string): boolean;
  keys(): Iterable<string>;
}

/**
 * Which of some names others mean, as `caseInsensitive` finds files: the name itself where it is there, else the one that
 * differs in capitals alone.
 * @param meant names that a header gives
 */
export function claimed(names: Names, meant: Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const missing = new Set<string>();
  for (const name of meant) {
    if (names.has(name)) found.add(name);
    else missing.add(name.toLowerCase());
  }
  if (missing.size === 0) return found;
  const alike = new Map<string, string[]>();
  for (const name of names.keys()) {
    const lower = name.toLowerCase();
    if (missing.has(lower)) alike.set(lower, [...(alike.get(lower) ?? []), name]);
  }
  for (const [only, ...more] of alike.values()) if (more.length === 0) found.add(only!);
  return found;
}
