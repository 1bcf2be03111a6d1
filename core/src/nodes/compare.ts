import type { KubeObject } from "../cluster/cluster.ts";
import { aspectsOf, type NodeAspect, ranks } from "./aspects.ts";

/** One thing in which nodes differ. */
export interface NodeDifference {
  /** "podCIDRs", "kernelVersion", "annotation flannel.alpha.coreos.com/backend-type" */
  readonly what: string;
  /** Whom it was compared among: "" for all nodes, else "control-plane nodes", "nodes of instance type m5.large". */
  readonly among: string;
  readonly nodes: number;
  readonly most: { readonly value: string; readonly count: number };
  readonly others: readonly { readonly value: string; readonly nodes: readonly string[] }[];
  /** Few nodes are unlike nearly all others; else they only differ, as while versions are being rolled out. */
  readonly odd: boolean;
}

export interface NodeComparison {
  readonly nodes: number;
  readonly differences: readonly NodeDifference[];
}

/** At most one in twenty, and of few nodes a single one, are odd ones out. */
const oddShare = 0.05;

/**
 * Holds all nodes against each other by what the API says of them. What nearly every node has for itself (a name, an address), and
 * what differs by its owner's will (another instance type, another role), is no difference.
 */
export function compareNodes(nodes: readonly KubeObject[]): NodeComparison {
  const tables = new Map<string, Table>();
  const groups = new Map<string, string[]>();
  for (const node of nodes) {
    const { name } = node.metadata;
    const aspects = aspectsOf(node);
    for (const { what, among, value, rank } of aspects) {
      const key = JSON.stringify([what, among]);
      const table = tables.get(key) ?? { what, among, rank, values: new Map<string, string[]>() };
      tables.set(key, table);
      put(table.values, value, name);
    }
    for (const among of new Set(aspects.map((aspect) => aspect.among))) put(groups, among, name);
  }
  const differences = [...tables.values()]
    .sort((a, b) => ranks.indexOf(a.rank) - ranks.indexOf(b.rank))
    .flatMap((table) => differenceIn(table, withAbsent(table.values, groups.get(table.among) ?? [])));
  return { nodes: nodes.length, differences };
}

interface Table {
  readonly what: string;
  readonly among: string;
  readonly rank: NodeAspect["rank"];
  readonly values: Map<string, string[]>;
}

function put(into: Map<string, string[]>, key: string, name: string): void {
  const names = into.get(key);
  if (names) names.push(name);
  else into.set(key, [name]);
}

/** A node of which nothing is said has "none". */
function withAbsent(
  values: ReadonlyMap<string, readonly string[]>,
  all: readonly string[],
): Map<string, readonly string[]> {
  const said = new Set([...values.values()].flat());
  const silent = all.filter((name) => !said.has(name));
  return new Map([...values, ...(silent.length > 0 ? [["none", silent] as const] : [])]);
}

function differenceIn({ what, among, rank }: Table, values: ReadonlyMap<string, readonly string[]>): NodeDifference[] {
  const [first, ...rest] = [...values].sort(([, a], [, b]) => b.length - a.length);
  if (!first || rest.length === 0) return [];
  const others = rest.reduce((sum, [, names]) => sum + names.length, 0);
  const nodes = first[1].length + others;
  // Most nodes have a value of their own.
  if (first[1].length * 2 < nodes || rest.length > Math.max(4, nodes / 20)) return [];
  const odd = nodes > 2 && others <= Math.max(1, Math.floor(nodes * oddShare));
  // What owners give some of their nodes on purpose says something only where a single one is without.
  if (rank === "owner" && (!odd || first[0] === "none")) return [];
  if (rank === "annotation" && first[1].length === 1) return [];
  return [
    {
      what,
      among,
      nodes,
      most: { value: first[0], count: first[1].length },
      others: rest.map(([value, names]) => ({ value, nodes: names })),
      odd,
    },
  ];
}
