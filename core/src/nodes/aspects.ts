import { familyOf, parsePrefix } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { internalIPs, podCIDRs } from "../summary/families.ts";

/** One thing the API says of a node, in a form that is the same for nodes that are alike. */
export interface NodeAspect {
  readonly what: string;
  /** Whom it is compared among; empty for every node of the system and role. */
  readonly among: string;
  readonly value: string;
  readonly rank: (typeof ranks)[number];
}

/** What IPv6 hangs on comes first; `owner` is what owners of nodes decide. */
export const ranks = ["address", "state", "annotation", "version", "owner"] as const;

/** What is compared of a node. Control-plane nodes and those of another system are held against their own kind. */
export function aspectsOf(node: KubeObject): NodeAspect[] {
  const { labels = {}, annotations = {} } = node.metadata;
  const { spec = {}, status = {} } = node;
  const role = roleOf(labels);
  const info = (status.nodeInfo ?? {}) as Readonly<Record<string, unknown>>;
  const type = labels["node.kubernetes.io/instance-type"];
  const alike = type === undefined ? role : `${role === "" ? "nodes" : role} of instance type ${type}`;
  return [
    ...one("podCIDRs", shapesOf(podCIDRs(node)), "address"),
    ...one("InternalIPs", shapesOf(internalIPs(node)), "address"),
    ...conditionsOf(status.conditions).map(([what, value]) => ({ what, value, among: "", rank: "state" as const })),
    ...one("cordoned", spec.unschedulable === true ? "yes" : "no", "state"),
    ...Object.entries(annotations).flatMap(([name, text]) =>
      ofNetwork.test(name) && !changing.test(name) ? one(`annotation ${name}`, shapeOfText(text), "annotation") : [],
    ),
    ...["kubeletVersion", "kernelVersion", "osImage", "containerRuntimeVersion"].flatMap((name) =>
      typeof info[name] === "string" ? one(name, info[name], "version") : [],
    ),
    ...one("taints", taintsOf(spec.taints), "owner"),
    ...["cpu", "pods", "hugepages-2Mi", "hugepages-1Gi"].flatMap((name) => {
      const amount = status.allocatable?.[name];
      return amount === undefined
        ? []
        : [{ what: `allocatable ${name}`, value: String(amount), among: alike, rank: "owner" as const }];
    }),
    ...Object.entries(labels).flatMap(([name, value]) => (own.test(name) ? [] : one(`label ${name}`, value, "owner"))),
  ].map((aspect) => (aspect.among === "" ? { ...aspect, among: role } : aspect));
}

function one(what: string, value: string, rank: NodeAspect["rank"]): NodeAspect[] {
  return [{ what, value, among: "", rank }];
}

function roleOf(labels: Readonly<Record<string, string>>): string {
  const plane = ["control-plane", "master"].some((role) => labels[`node-role.kubernetes.io/${role}`] !== undefined);
  const system = labels["kubernetes.io/os"] ?? "linux";
  const words = [...(system === "linux" ? [] : [system]), ...(plane ? ["control-plane"] : [])];
  return words.length === 0 ? "" : `${words.join(" ")} nodes`;
}

/** Annotations in which network plugins and distributions write down what they have found or been told. */
const ofNetwork =
  /^(flannel\.alpha\.coreos\.com|projectcalico\.org|network\.cilium\.io|io\.cilium\.network|k8s\.ovn\.org|node\.antrea\.io|kube-router\.io|ovn\.kubernetes\.io|k3s\.io|rke2\.io|alpha\.kubernetes\.io|networking\.gke\.io|k8s\.io)\//;

/** What is new every time, or hashes what else is compared. */
const changing = /(hash|checksum|timestamp|last-|node-args|node-env|hostname|resourceVersion|\.io\/node-id)/i;

/** Labels that each node, zone or pool has its own of. */
const own =
  /^(kubernetes\.io\/hostname|(.*\.)?topology\.[^/]*\/.*|topology\.kubernetes\.io\/.*|failure-domain\.beta\.kubernetes\.io\/.*|(beta\.|node\.)?kubernetes\.io\/instance-type|node-role\.kubernetes\.io\/.*|.*(hostname|node-?name|machine|instance-?id|provider-?id|uuid|serial|rack|pool|nodegroup|node-group|csi).*)$/i;

function conditionsOf(conditions: unknown): [string, string][] {
  if (!Array.isArray(conditions)) return [];
  return conditions.flatMap(({ type, status }: { type?: unknown; status?: unknown }): [string, string][] =>
    typeof type === "string" && typeof status === "string" ? [[`condition ${type}`, status]] : [],
  );
}

function taintsOf(taints: unknown): string {
  if (!Array.isArray(taints)) return "none";
  const words = taints.map(({ key, value, effect }) => `${key}${value ? `=${value}` : ""}:${effect}`);
  return words.length === 0 ? "none" : words.sort().join(", ");
}

/** "IPv4/24, IPv6/64": the families in their order, with the lengths of prefixes. */
function shapesOf(texts: readonly string[]): string {
  return texts.map(shapeOfWord).join(", ") || "none";
}

function shapeOfWord(word: string): string {
  const prefix = parsePrefix(word);
  if (prefix) return `${prefix.address.family}/${prefix.length}`;
  return familyOf(word) ?? word;
}

/** A text without what each node has its own of: addresses are their family, hardware addresses and random names a word. */
function shapeOfText(text: string): string {
  return text
    .slice(0, 2_000)
    .replace(/\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/gi, "MAC")
    .replace(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, "UUID")
    .split(/([\s",;[\]{}=]+)/)
    .map(shapeOfWord)
    .join("");
}
