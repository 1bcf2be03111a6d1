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
  let merge: Pair | undefined;
  for (let index = pairs.length - 1; index >= 0; index--) {
    const pair = pairs[index] as Pair;
    if (pair.key.is(key)) return pair;
    if (pair.key.is("<<")) merge = pair;
  }
  if (!merge || depth >= 8) return undefined;
  const { value } = merge;
  for (const source of value.kind === "seq" ? value.items : [value]) {
    const found = source.kind === "map" ? inMap(source, key, depth + 1) : undefined;
    if (found) return found;
  }
  return undefined;
}
