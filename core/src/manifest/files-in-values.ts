import { embeddedKind } from "./embedded.ts";
import type { Field } from "./field.ts";
import type { Node } from "./node.ts";

/** Names that a chart's values give to texts which become files of programs. */
const named =
  /\.(?:conf|cfg|cnf|hcl|xml|conflist)$|^Corefile|^(?:http|server|main|stream)-snippet$|^(?:stream)?serverBlocks?$|^pgHbaConfiguration$|^extendedConf(?:iguration)?$|\.(?:override|server)$|^(?:envoy|blackbox|mongod?b?)\.(?:ya?ml|json)$/i;

/** What a text holds that has such a file. */
export const holdsNamedFile =
  /^\s*["']?(?:[\w.-]+\.(?:conf|cfg|cnf|hcl|xml|conflist)|Corefile[\w.]*|(?:http|server|main|stream)-snippet|(?:stream)?serverBlocks?|pgHbaConfiguration|extendedConf(?:iguration)?|[\w.-]+\.(?:override|server)|(?:envoy|blackbox|mongod?b?)\.(?:ya?ml|json))["']?:\s*[|>]/im;

/** Texts of several lines in a chart's values that programs read as files, and the kind of each. */
export function filesIn(values: Field): readonly { readonly field: Field; readonly kind: string }[] {
  return pathsIn(values.node, [], new Set()).flatMap((steps) => {
    const field = values.get(...steps);
    const key = String(steps.at(-1));
    const kind = field?.text === undefined ? undefined : embeddedKind(key, field.text);
    return field && kind !== undefined && kind !== "Yaml" ? [{ field, kind }] : [];
  });
}

/** Looks at nodes, since most values hold nothing of the kind; each once, however many aliases lead to it. */
function pathsIn(
  node: Node,
  above: readonly (string | number)[],
  seen: Set<Node>,
): readonly (readonly (string | number)[])[] {
  if (above.length > deepest || node.kind === "scalar" || seen.has(node)) return [];
  seen.add(node);
  if (node.kind === "seq") return node.items.flatMap((item, index) => pathsIn(item, [...above, index], seen));
  return node.pairs.flatMap(({ key, value }) => {
    const steps = [...above, key.text];
    if (value.kind !== "scalar") return pathsIn(value, steps, seen);
    return (value.style === "literal" || value.style === "folded") && named.test(key.text) ? [steps] : [];
  });
}

const deepest = 16;
