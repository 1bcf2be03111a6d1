import { type Node, ScalarNode } from "./node.ts";
import { maskActions } from "./template.ts";

/**
 * The tree of YAML that is sound as it stands, with `{{ }}` masked in the scalars that hold it: what is written there is told later, by
 * Helm, Ansible or Prometheus, and where it stands is known. `{{ x }}` without quotes is a map of a map for YAML and a scalar for people.
 */
export function maskScalars(root: Node, source: string): Node {
  const known = new Map<Node, Node>();
  const masked = (node: Node): Node => {
    // An alias is the node it stands for.
    const before = known.get(node);
    if (before) return before;
    const written = source.slice(node.start, node.end);
    // Nothing to mask, and no alias that leads to where there is.
    if (!written.includes("{{") && !written.includes("*")) return node;
    const made = isAction(node, source) ? scalar(node, written) : node;
    known.set(node, made);
    if (made.kind === "map")
      for (const [index, { key, value }] of made.pairs.entries())
        made.pairs[index] = { key: masked(key) as ScalarNode, value: masked(value) };
    else if (made.kind === "seq") for (const [index, item] of made.items.entries()) made.items[index] = masked(item);
    else if (made === node && written.includes("{{")) {
      const text = scalar(node, made.text);
      known.set(node, text);
      return text;
    }
    return made;
  };
  return masked(root);
}

function isAction(node: Node, source: string): boolean {
  return node.kind === "map" && node.flow && source.startsWith("{{", node.start);
}

function scalar(node: Node, text: string): ScalarNode {
  return new ScalarNode(node.start, node.end, node.kind === "scalar" ? node.style : "plain", maskActions(text));
}
