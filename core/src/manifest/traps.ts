import type { Field } from "./field.ts";
import type { MapNode, Node, Pair, ScalarNode } from "./node.ts";
import type { Resource } from "./resource.ts";

/** What YAML may have read as something else than was meant. Most resources have none of it, and one walk tells. */
export interface Traps {
  /** A plain scalar or key that begins with ":", as `::/0` does. */
  leadingColon: boolean;
  /** A plain scalar or key that ends in ":", as `fd00::` does. */
  trailingColon: boolean;
  /** A list of one in brackets that holds a colon, as `[::1]` does, or begins with a digit. */
  bracketed: boolean;
  /** A plain scalar of digits and colons, which is a number in base 60 for YAML 1.1. */
  base60: boolean;
  /** A map that names a key twice. */
  repeatedKey: boolean;
}

export function trapsOf(resource: Resource): Traps {
  return resource.once(trapsOf, () => {
    const traps = { leadingColon: false, trailingColon: false, bracketed: false, base60: false, repeatedKey: false };
    look(resource.root.node, resource.source, traps, new Set());
    return traps;
  });
}

/** `cidr: fd00::` is no YAML at all; what the parser makes of it is the text, colon included. */
export function isUnquotedKey({ node, resource }: Field): boolean {
  if (node.kind !== "scalar" || node.style !== "plain" || !/^[0-9A-Fa-f:.]*::$/.test(node.text)) return false;
  return /^(?:\s|$)/.test(resource.source.slice(node.end, node.end + 1));
}

const colon = 58;

function look(node: Node, source: string, traps: Traps, seen: Set<Node>): void {
  if (node.kind === "scalar") {
    scalar(node, source, traps);
    return;
  }
  // Only an alias leads to a collection twice.
  if (seen.has(node)) return;
  seen.add(node);
  if (node.kind === "map") map(node, source, traps, seen);
  else {
    if (node.flow && node.items.length === 1 && (holdsColon(node, source) || beginsWithDigit(node.items[0], source)))
      traps.bracketed = true;
    for (const item of node.items) look(item, source, traps, seen);
  }
}

function map({ pairs }: MapNode, source: string, traps: Traps, seen: Set<Node>): void {
  for (const { key, value } of pairs) {
    scalar(key, source, traps);
    look(value, source, traps, seen);
  }
  if (repeats(pairs)) traps.repeatedKey = true;
}

/** Most maps have few keys, and comparing these costs less than a set of them; most differ in length already. */
function repeats(pairs: readonly Pair[]): boolean {
  if (pairs.length > 16) return new Set(pairs.map(({ key }) => key.text)).size < pairs.length;
  for (let index = 1; index < pairs.length; index++)
    for (let at = 0; at < index; at++) if (same((pairs[at] as Pair).key, (pairs[index] as Pair).key)) return true;
  return false;
}

function same(a: ScalarNode, b: ScalarNode): boolean {
  return (a.end - a.start === b.end - b.start || a.style !== b.style) && a.text === b.text;
}

function scalar({ style, start, end }: ScalarNode, source: string, traps: Traps): void {
  if (style !== "plain" || start === end) return;
  const first = source.charCodeAt(start);
  if (first === colon) traps.leadingColon = true;
  if (source.charCodeAt(end - 1) === colon) traps.trailingColon = true;
  if (first >= 48 && first <= 57 && holdsColon({ start, end }, source)) traps.base60 = true;
}

function beginsWithDigit(node: Node | undefined, source: string): boolean {
  const code = node ? source.charCodeAt(node.start) : 0;
  return code >= 48 && code <= 57;
}

function holdsColon({ start, end }: Pick<Node, "start" | "end">, source: string): boolean {
  const at = source.indexOf(":", start);
  return at >= 0 && at < end;
}
