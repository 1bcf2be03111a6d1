import { canonicalJson } from "../manifest/canonical-json.ts";
import type { Field } from "../manifest/field.ts";

/** Which pods something is about, as plain JSON. */
export interface PodSelector {
  /** As written, its keys in one order; "{}" is every pod. */
  readonly text: string;
  /** Its labels, if it asks for nothing else. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Of a `podSelector` or `endpointSelector`; without one every pod. Cilium's label sources `k8s:` and `any:` are left out. */
export function podSelector(selector: Field | undefined): PodSelector {
  const text = canonicalJson(selector?.toJSON() ?? {});
  if (selector?.has("matchExpressions")) return { text };
  const entries = selector?.get("matchLabels")?.entries() ?? [];
  if (entries.some(([, { text: value }]) => value === undefined)) return { text };
  const labels = Object.fromEntries(
    entries.map(([key, { text: value = "" }]) => [key.replace(/^(?:k8s|any)[:.]/, ""), value]),
  );
  return { text: entries.length === 0 ? "{}" : text, labels };
}

/** Of Calico's selector language, where it is `all()`, empty, or labels joined by `&&`. */
export function calicoPodSelector(text = ""): PodSelector {
  const plain = text.trim();
  if (plain === "" || plain === "all()") return { text: "{}", labels: {} };
  const parts = plain.split("&&").map((part) => /^\s*([\w./-]+)\s*==\s*(?:'([^']*)'|"([^"]*)")\s*$/.exec(part));
  if (parts.some((part) => !part)) return { text: plain };
  return {
    text: plain,
    labels: Object.fromEntries(parts.map((part) => [part?.[1] ?? "", part?.[2] ?? part?.[3] ?? ""])),
  };
}

/** Whether every pod of one selector is surely one of another's, too. */
export function selectsAllOf(selector: PodSelector, other: PodSelector): boolean {
  if (selector.text === other.text || selector.text === "{}") return true;
  const { labels } = selector;
  if (!labels || !other.labels) return false;
  return Object.entries(labels).every(([key, value]) => other.labels?.[key] === value);
}

/** Whether a pod can be one of both: they do not ask for two values of one label. */
export function mayMeet({ labels: a }: PodSelector, { labels: b }: PodSelector): boolean {
  return !a || !b || Object.entries(a).every(([key, value]) => b[key] === undefined || b[key] === value);
}
