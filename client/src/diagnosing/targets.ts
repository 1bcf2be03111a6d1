import { joinHostPort } from "#core/addresses/host-port.ts";
import type { KubeObject } from "#core/cluster/cluster.ts";
import { readTarget } from "#core/judging/read-target.ts";
import { type PodRef, type Subject, type Target, targetName } from "#core/judging/subject.ts";
import { clusterIPs, podIPs } from "#core/summary/families.ts";
import { nodeStates } from "#core/summary/nodes.ts";
import { l10n } from "../l10n.ts";
import { ipv6First } from "../tree/arrange.ts";

/** One end of a diagnosis as a list shows it, without anything of VS Code in it. */
export interface End {
  readonly icon: "package" | "type-hierarchy-sub" | "server";
  /** What a person types to find it: `svc/web`, `pod/web-1`, `node/n1` */
  readonly label: string;
  /** Namespace, node and addresses, IPv6 first: all of it can be searched for. */
  readonly description: string;
  readonly target: Target;
  /** Of a pod: it may dial as well. */
  readonly pod?: PodRef;
}

/** More of a kind than these nobody scrolls through; what is left out can be typed. */
const most = 2000;

/** Running pods, those of the namespace that is at hand first. */
export function podEnds(pods: readonly KubeObject[], namespace: string): readonly End[] {
  const running = pods.filter(({ status, metadata }) => status?.phase === "Running" && !metadata.deletionTimestamp);
  return nearFirst(running, namespace).map((pod): End => {
    const ref = refOf(pod, namespace);
    const where = [ref.namespace, l10n`on ${pod.spec?.nodeName}`, ...ipv6First(podIPs(pod))];
    return {
      icon: "package",
      label: `pod/${ref.name}`,
      description: where.join("  "),
      target: { kind: "pod", ...ref },
      pod: ref,
    };
  });
}

export function serviceEnds(services: readonly KubeObject[], namespace: string): readonly End[] {
  return nearFirst(services, namespace).map((service): End => {
    const ref = refOf(service, namespace);
    const addresses = ipv6First(clusterIPs(service));
    const ports: readonly { readonly port?: number }[] = service.spec?.ports ?? [];
    const where = [
      ref.namespace,
      ...addresses,
      ...new Set(ports.flatMap(({ port }) => (port === undefined ? [] : [`:${port}`]))),
    ];
    return {
      icon: "type-hierarchy-sub",
      label: `svc/${ref.name}`,
      description: where.join("  "),
      target: { kind: "service", ...ref },
    };
  });
}

export function nodeEnds(nodes: readonly KubeObject[]): readonly End[] {
  const states = nodeStates(nodes);
  return nodes.slice(0, most).map(({ metadata: { name } }, index): End => {
    const description = ipv6First(states[index]?.internalIPs ?? []).join("  ");
    return { icon: "server", label: `node/${name}`, description, target: { kind: "node", name } };
  });
}

/** What somebody typed, how it is understood, and what is meant; no target where it is nothing. */
export function understood(text: string, namespace: string): { readonly words: string; readonly target?: Target } {
  const { target, problem } = readTarget(text, namespace);
  return target === undefined ? { words: problem } : { words: inWords(target), target };
}

function inWords(target: Target): string {
  const port = target.port === undefined ? "" : l10n`, port ${target.port}`;
  switch (target.kind) {
    case "address":
      return l10n`the address ${target.port === undefined ? target.address : joinHostPort(target.address, target.port)}`;
    case "name":
      return l10n`the name ${target.name} as the pod resolves it, with its search list, then dialled${port}`;
    case "object":
      return l10n`pod ${targetName(target)} if there is one, else the Service${port}`;
    default:
      return `${targetName(target)}${port}`;
  }
}

/** "from pod default/a to Service default/web"; "the whole cluster" */
export function subjectInWords({ from, to }: Subject): string {
  if (!from && !to) return l10n`the whole cluster`;
  const port = to?.port === undefined ? "" : `:${to.port}`;
  const parts = [from && l10n`from pod ${from.namespace}/${from.name}`, to && l10n`to ${targetName(to)}${port}`];
  return parts.filter(Boolean).join(" ");
}

function refOf({ metadata }: KubeObject, namespace: string): PodRef {
  return { namespace: metadata.namespace ?? namespace, name: metadata.name };
}

function nearFirst(objects: readonly KubeObject[], namespace: string): readonly KubeObject[] {
  const near = (object: KubeObject) => object.metadata.namespace === namespace;
  return [...objects.filter(near), ...objects.filter((object) => !near(object))].slice(0, most);
}
