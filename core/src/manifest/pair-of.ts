import type { MapNode, Pair } from "./node.ts";

/** The entry of a map that counts under a key. `anyCase`: for a reader to whom the case of letters is all one. */
export function pairOf(node: MapNode, key: string, anyCase: boolean): Pair | undefined {
  return anyCase ? inAnyCase(node, key) : inMap(node, key, 0);
}

/** {@link https://pkg.go.dev/encoding/json#Unmarshal}: of keys that differ in case alone, too, the last one counts. */
function inAnyCase({ pairs }: MapNode, key: string): Pair | undefined {
  return pairs.findLast((pair) => pair.key.text.toLowerCase() === key.toLowerCase());
}

/** A key of its own wins over one merged in with `<<`, {@link https://yaml.org/type/merge.html}. */
function inMap({ pairs }: MapNode, key: string, depth: number): Pair | undefined {
  // The hottest loop of all: every rule asks for keys, and most of them are not there.
  for (let index = pairs.length - 1; index >= 0; index--) {
    const pair = pairs[index];
    if (pair?.key.text === key) return pair;
  }
  if (depth === 0 && !pairs.some((candidate) => candidate.key.text === "<<")) return undefined;
  const merged = depth < 8 ? pairs.find((candidate) => candidate.key.text === "<<")?.value : undefined;
  const sources = merged?.kind === "seq" ? merged.items : merged ? [merged] : [];
  for (const source of sources) {
    const found = source.kind === "map" ? inMap(source, key, depth + 1) : undefined;
    if (found) return found;
  }
  return undefined;
}
