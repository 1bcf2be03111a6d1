import type { KnownFact } from "../lint/fact.ts";

const singular = ["ClusterConfiguration", "K0sCluster"];

/**
 * What surely belongs to the cluster of a file: what stands in the same file, and kinds that a cluster has one of, if
 * the folder holds one of them. Examples of unrelated clusters often lie side by side.
 */
export function sameCluster<T>(known: readonly KnownFact<T>[], file: string | undefined): readonly KnownFact<T>[] {
  const counts = new Map(singular.map((kind) => [kind, 0]));
  for (const { kind } of known) if (counts.has(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return known.filter((other) => other.file === file || counts.get(other.kind) === 1);
}
