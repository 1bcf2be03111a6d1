import { familyOf } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { seenFailing } from "../judging/failures.ts";
import type { Ground } from "../judging/proof.ts";
import { accepts } from "../linux/tcp-sockets.ts";
import { probe as endpointSlices } from "../probes/endpoint-slices.ts";
import { probe as events } from "../probes/events.ts";
import { probe as listeners } from "../probes/listeners.ts";
import { ask, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "node",
  summary: "The kubelet probes the pod over IPv6, where its application does not listen, so that it is never ready",
  why: "Probes go to the first of status.podIPs. In a cluster whose first family is IPv6 an application that binds 0.0.0.0 fails them, though it serves IPv4: no endpoint of its Service is ready, in either family.",
  source: "https://kubernetes.io/docs/concepts/workloads/pods/probes/",
  looksLike: ["listener-ipv4-only", "no-ready-ipv6-endpoints"], // the pod is ready there / nobody says why it is not
  code: "A09",

  *judge(subject) {
    const failed = seenFailing(subject).filter(({ flow }) => flow?.service !== undefined && flow.host !== undefined);
    const service = failed[0]?.flow?.service;
    const [dial] = failed;
    if (!dial || !service) return excluded("no dial to a Service failed", dialsOverIPv6(subject, "service"), "both");
    const named = { namespace: service.namespace, service: service.name };
    const slices = yield* ask(endpointSlices, named);
    const looked: Ground[] = [question(endpointSlices, named)];
    if (slices.flatMap(endpointsOf).some(({ conditions }) => conditions?.ready !== false))
      return excluded(`Service ${service.namespace}/${service.name} has ready endpoints`, looked, "both");
    for (const name of podsIn(slices).slice(0, mostPods)) {
      const asked = { namespace: service.namespace, pod: name };
      const told = yield* tryAsk(events, asked);
      if (!told.ok) continue;
      looked.push(question(events, asked));
      const complaint = told.value.flatMap(refusedProbe)[0];
      if (!complaint) continue;
      const { host, port, message } = complaint;
      const at = { at: { kind: "pod", namespace: service.namespace, pod: name } } as const;
      const because = `the kubelet says of pod ${service.namespace}/${name}: ${message}`;
      const remedy = {
        family: "both" as const,
        fix: `Let the application bind [::]:${port}; or name the address in the probe (httpGet.host, or an exec probe of 127.0.0.1), or make IPv4 the cluster's first family.`,
        confirm: "The pod becomes ready, and its endpoints too.",
        explains: failed.filter(({ flow }) => flow?.service === service).map(({ id }) => id),
      };
      const sockets = yield* tryAsk(listeners, at);
      const own = sockets.ok ? sockets.value.filter((one) => one.port === port) : [];
      if (!sockets.ok)
        return possible(because, { ...remedy, missing: `what listens in the pod: ${sockets.refusal.message}` });
      looked.push(question(listeners, at));
      if (own.length === 0 || own.some((one) => accepts(one, "IPv6", host, port))) continue;
      return proven(`${because}; port ${port} is bound to ${own.map(({ address }) => address).join(", ")} there`, {
        ...remedy,
        died: {
          how: "tuple",
          dial,
          by: [question(endpointSlices, named), question(events, asked), question(listeners, at)],
        },
        instead: [{ lookalike: "listener-ipv4-only", by: [question(endpointSlices, named)] }],
      });
    }
    return excluded("the kubelet does not complain of a probe over IPv6", looked, "both");
  },
};

/** More pods of one Service fail for the same reason. */
const mostPods = 2;

interface Endpoint {
  readonly conditions?: { readonly ready?: boolean };
  readonly targetRef?: { readonly kind?: string; readonly name: string };
}

function endpointsOf({ endpoints }: KubeObject): Endpoint[] {
  return (endpoints ?? []) as Endpoint[];
}

function podsIn(slices: readonly KubeObject[]): string[] {
  const names = slices
    .flatMap(endpointsOf)
    .flatMap(({ targetRef }) => (targetRef?.kind === "Pod" ? targetRef.name : []));
  return [...new Set(names)];
}

/** `Readiness probe failed: Get "http://[fd00::1]:80/": dial tcp [fd00::1]:80: connect: connection refused` */
function refusedProbe({ message = "" }: KubeObject): { host: string; port: number; message: string }[] {
  const [, host = "", port = ""] =
    /probe failed: .*dial tcp \[?([0-9a-f:.]+)\]?:(\d+): connect: connection refused/i.exec(String(message)) ?? [];
  return familyOf(host) === "IPv6" ? [{ host, port: Number(port), message: String(message).slice(0, 200) }] : [];
}
