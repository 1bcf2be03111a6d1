import type { KubeObject } from "../cluster/cluster.ts";
import { aspectsOf } from "../nodes/aspects.ts";
import type { RingFinding } from "./locate.ts";

/** What the nodes that fail in one family have in common and none of the others has; no cause. */
export interface InCommon {
  readonly family: RingFinding["family"];
  readonly nodes: readonly string[];
  /** "label example.org/rack: r7", "kernelVersion: 5.4.0" */
  readonly what: readonly string[];
}

/** So few nodes have something in common by chance. */
const fewest = 3;

/**
 * Where several nodes fail one by one, what the API says of all of them and of no other node that was dialled: labels of racks, versions,
 * what a network plugin has annotated.
 */
export function inCommon(findings: readonly RingFinding[], nodes: readonly KubeObject[]): readonly InCommon[] {
  const families = Map.groupBy(findings, ({ family }) => family);
  return [...families].flatMap(([family, same]) => {
    const names = new Set(same.flatMap(({ scope }) => (scope.is === "node" ? [scope.node] : [])));
    if (names.size < fewest) return [];
    const own = nodes.filter(({ metadata }) => names.has(metadata.name));
    const [first, ...rest] = own.map(wordsOf);
    if (!first) return [];
    const shared = [...first].filter((word) => rest.every((words) => words.has(word)));
    const others = nodes.filter(({ metadata }) => !names.has(metadata.name)).map(wordsOf);
    const what = shared.filter((word) => !others.some((words) => words.has(word)));
    return what.length === 0 ? [] : [{ family, nodes: [...names], what }];
  });
}

/** All of it, what owners give to zones and pools too. */
function wordsOf(node: KubeObject): ReadonlySet<string> {
  const labels = Object.entries(node.metadata.labels ?? {}).map(([name, value]) => `label ${name}: ${value}`);
  return new Set([...aspectsOf(node).map(({ what, value }) => `${what}: ${value}`), ...labels]);
}
