import { yamlOf } from "../cluster/object-yaml.ts";
import type { Outlook, Outpost } from "../cluster/outposts.ts";
import { lifetime } from "./outpost.ts";

/** What a person agrees to before anything is created: lines of text. */
export interface Proposal {
  readonly context: string;
  readonly server: string;
  readonly outposts: readonly Outpost[];
  /** What is created only where it turns out to be needed. */
  readonly later?: readonly Outpost[];
}

/** What is about to be created, word for word, what runs in it and for how long. */
export function consentWords({ context, server, outposts, later = [] }: Proposal): string[] {
  const all = [...outposts, ...later];
  const kinds = [...Map.groupBy(all, ({ level }) => level).values()].flatMap(([first]) => first ?? []);
  return [
    `To look further, kube-ipv6 would create in context "${context}" (${server}):`,
    ...outposts.map((each) => `  ${whatItIs(each)}`),
    ...(later.length > 0 ? ["and only where it turns out to be needed:"] : []),
    ...later.map((each) => `  ${whatItIs(each)}`),
    `from image ${all[0]?.image}.`,
    ...terms(kinds.map(({ level }) => level)),
    kinds.length < all.length
      ? "Word for word, one of each kind; the others differ in name and place:"
      : "Word for word:",
    ...kinds.flatMap((each) => ["---", ...wordForWord(each)]),
  ];
}

/** The same where it is not known yet what will be needed, for who cannot be asked. */
export function levelWords(level: Outlook, image: string): string[] {
  const kinds = (["ephemeral", "probe-pod", "node", "privileged-node"] as const).slice(0, order.indexOf(level) + 1);
  return [
    `With --access ${level} kube-ipv6 may create, where the answer cannot be had otherwise, from image ${image}:`,
    ...kinds.filter((each) => each !== "node" || level === "node").map((each) => `  ${general[each]}`),
    ...terms(kinds),
  ];
}

const order: readonly Outlook[] = ["ephemeral", "probe-pod", "node", "privileged-node"];

const restricted = "user 65534, no capabilities, a read-only root";

const rawRoot = "root with no capabilities but NET_RAW, SETUID and SETGID, a read-only root";

const general: Readonly<Record<Outlook, string>> = {
  ephemeral: `an ephemeral container in a pod that has nothing to ask (${restricted})`,
  "probe-pod": `one pod on the node of such a pod (${restricted}, Pod Security "restricted")`,
  node: `a pod on each node that no pod shows (hostNetwork, hostPID, ${restricted})`,
  "privileged-node": "a pod on each node that no pod shows (hostNetwork, hostPID, privileged)",
};

/** "pod default/kube-ipv6-x7k2p on node n1 (...)" */
export function whatItIs({ level, namespace, pod, container, node, of, captures }: Omit<Outpost, "body">): string {
  if (level === "ephemeral")
    return `ephemeral container ${container} in pod ${namespace}/${pod} (${captures ? rawRoot : restricted})`;
  const how =
    level === "probe-pod"
      ? `${restricted}; it dials in place of ${of ? `${of.namespace}/${of.name}` : "a pod of this node"}`
      : level === "node"
        ? `hostNetwork, hostPID, ${restricted}`
        : "hostNetwork, hostPID, privileged";
  return `pod ${namespace}/${pod} on node ${node} (${how})`;
}

function terms(levels: readonly Outlook[]): string[] {
  const pods = levels.some((level) => level !== "ephemeral");
  return [
    `In it files below /proc are read${levels.includes("privileged-node") ? ", packet filter rules with the node's own programs," : ""} and what a diagnosis sends anyway is sent: TCP connections, DNS questions, HTTP requests to ports named http, ICMP echoes.`,
    ...(pods
      ? [`Each pod is deleted when the diagnosis ends; it ends by itself after ${lifetime} s at the latest.`]
      : []),
    ...(levels.includes("ephemeral")
      ? [
          `An ephemeral container is ended with the diagnosis, after ${lifetime} s at the latest. Kubernetes cannot remove it: it stays listed in the pod until the pod is deleted.`,
        ]
      : []),
    "It is written down on this machine first; after a crash the next start, or kube-ipv6 left, removes it.",
  ];
}

/** The request with its body. */
export function wordForWord({ level, namespace, pod, body }: Outpost): string[] {
  const path = `/api/v1/namespaces/${namespace}/pods`;
  const request =
    level === "ephemeral" ? `# PATCH ${path}/${pod}/ephemeralcontainers` : `# POST ${path}, then DELETE ${path}/${pod}`;
  return [request, ...yamlOf(body).trimEnd().split("\n")];
}
