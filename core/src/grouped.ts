/** Puts together what has the same key, in the order of first appearance. */
export function grouped<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  return [...groupedBy(items, keyOf).values()];
}

/** The same by key. Node 20 has no Map.groupBy yet. */
export function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
