import { loadAll } from "js-yaml";
import { asText } from "../text/as-text.ts";
import type { Cluster, KubeObject } from "./cluster.ts";
import { type RecordedList, recordedCluster } from "./recording.ts";

/** The objects in a file of YAML or JSON, lists taken apart; none where it is neither. Never throws. */
export function objectsIn(text: string): KubeObject[] {
  try {
    // No tool writes aliases into a dump; a few of them can stand for more than there is room for.
    return loadAll(text, { maxAliases: 0 }).flatMap((one) => objectsOf(one, undefined));
  } catch {
    return [];
  }
}

/** The items of a typed list (`PodList`) do not say what they are. */
function objectsOf(value: unknown, list: KubeObject | undefined): KubeObject[] {
  if (typeof value !== "object" || value === null) return [];
  const one = value as KubeObject;
  if (Array.isArray(one.items)) return one.items.flatMap((item: unknown) => objectsOf(item, one));
  const kind = one.kind ?? list?.kind?.replace(/List$/, "");
  const apiVersion = one.apiVersion ?? list?.apiVersion;
  if (typeof kind !== "string" || kind === "" || typeof apiVersion !== "string") return [];
  return typeof one.metadata?.name === "string" ? [{ ...one, kind, apiVersion }] : [];
}

/**
 * A cluster that answers from objects somebody wrote into files: `kubectl get -o yaml`, `kubectl cluster-info dump`, a
 * must-gather or a sysdump. Of a kind it holds none of it is not known whether there are any; nothing can be run or dialled in it.
 */
export function dumpedCluster(objects: readonly KubeObject[], context: string): Cluster {
  const once = new Map(
    objects.map((one) => [JSON.stringify([one.apiVersion, one.kind, one.metadata.namespace, one.metadata.name]), one]),
  );
  const byType = Map.groupBy(once.values(), ({ apiVersion = "", kind = "" }) => `${apiVersion} ${pluralOf(kind)}`);
  const lists = [...byType].map(([type, value]): RecordedList => {
    const [apiVersion = "", resource = ""] = type.split(" ");
    return { type: { apiVersion, resource }, answer: { ok: true, value } };
  });
  const kubelet = [...once.values()].find(({ kind }) => kind === "Node")?.status?.nodeInfo?.kubeletVersion;
  const [, major = "1", minor = "0"] = /^v(\d+)\.(\d+)/.exec(asText(kubelet)) ?? [];
  const version = { major: Number(major), minor: Number(minor), gitVersion: asText(kubelet ?? "unknown") };
  return recordedCluster({ context, server: "", version, lists });
}

/** As Kubernetes' own names of resources are made: {@link https://kubernetes.io/docs/reference/using-api/api-concepts/} */
function pluralOf(kind: string): string {
  const lower = kind.toLowerCase();
  if (lower === "endpoints") return lower;
  if (/[^aeiou]y$/.test(lower)) return `${lower.slice(0, -1)}ies`;
  return /(?:s|x|ch|sh)$/.test(lower) ? `${lower}es` : `${lower}s`;
}
