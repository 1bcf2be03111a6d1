import { canonicalAddress } from "../addresses/address.ts";
import { type Case, type Cause, excluded, type Judgement, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { eachService } from "../judging/each-service.ts";
import { failedDials } from "../judging/failures.ts";
import type { SceneService } from "../judging/scene.ts";
import type { Symptom } from "../judging/symptom.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as endpointSlices } from "../probes/endpoint-slices.ts";
import { probe as podProbe } from "../probes/pod.ts";
import { type Asking, ask, NotLooked, type Question, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "service",
  summary: "An endpoint of the Service has an address that nobody has any more",
  why: "EndpointSlices that nothing keeps up to date, written by hand, by an operator or before a node was renumbered, still name an address whose pod or node is gone or has another. The share of connections that is sent there is lost.",
  source: "https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/",
  looksLike: ["no-ready-ipv6-endpoints", "kube-proxy-no-ipv6-rules"], // there is no endpoint at all / nothing is translated
  code: "S11",

  *judge(subject) {
    const lost = failedDials(subject, "timeout", "host-unreachable", "network-unreachable").filter(
      ({ flow }) => flow?.service !== undefined,
    );
    const judged = yield* eachService(lost, (service, dials) => judgeService(subject, service, dials));
    return judged ?? excluded("no IPv6 dial to a Service was lost on the way", dialsOverIPv6(subject, "service"));
  },
};

function* judgeService(
  subject: Case,
  service: SceneService,
  lost: readonly [Symptom, ...Symptom[]],
): Asking<Judgement> {
  const [first] = lost;
  const { namespace, name } = service;
  const slices = yield* ask(endpointSlices, { namespace, service: name });
  const six = slices.filter(({ addressType }) => addressType === "IPv6");
  const endpoints = six.flatMap(({ endpoints: all }) => (all ?? []) as Endpoint[]);
  const ready = endpoints.filter(({ conditions }) => conditions?.ready !== false);
  const listed = question(endpointSlices, { namespace, service: name });
  for (const { addresses: own = [], nodeName, targetRef } of ready) {
    const address = canonicalAddress(own[0] ?? "");
    if (!address) continue;
    const gone = yield* nobodyHas(address, namespace, targetRef, nodeName);
    if (!gone) continue;
    const because = `an EndpointSlice of Service ${namespace}/${name} lists ${address} as ready, and ${gone.why}`;
    const remedy = {
      fix: `Find out who keeps the EndpointSlices of Service ${namespace}/${name} (label endpointslice.kubernetes.io/managed-by); correct or delete the slice with ${address}, or restart what should keep it.`,
      confirm: `Every ready address in the IPv6 EndpointSlices of Service ${namespace}/${name} is on an interface of its pod or node.`,
      explains: lost.map(({ id }) => id),
    };
    if (!gone.by)
      return possible(because, {
        ...remedy,
        missing: gone.missing,
      });
    // Of several endpoints our dial may have met another one.
    if (ready.length > 1)
      return possible(because, {
        ...remedy,
        missing: `that the dial went there, and to none of ${ready.length - 1} others`,
      });
    const other = notOverIPv4(subject, first);
    return proven(because, {
      ...remedy,
      died: { how: "tuple", dial: first, by: [listed, ...gone.by] },
      instead: [{ lookalike: "no-ready-ipv6-endpoints", by: [listed] }, ...(other ? [other] : [])],
    });
  }
  return excluded("the endpoints of the Services that were dialled have the addresses that the slices list", [listed]);
}

interface Endpoint {
  readonly addresses?: readonly string[];
  readonly nodeName?: string;
  readonly targetRef?: {
    readonly kind?: string;
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
  };
  readonly conditions?: { readonly ready?: boolean };
}

interface Gone {
  readonly why: string;
  /** undefined: more has to be known. */
  readonly by: readonly Question[] | undefined;
  readonly missing: string;
}

/** Why the address is nobody's; undefined if somebody has it. */
function* nobodyHas(
  address: string,
  namespace: string,
  target: Endpoint["targetRef"],
  node: string | undefined,
): Asking<Gone | undefined> {
  if (target?.kind === "Pod") {
    const named = { namespace: target.namespace ?? namespace, name: target.name };
    const pod = yield* tryAsk(podProbe, named);
    if (!pod.ok && pod.refusal.reason === "not-found")
      return { why: `pod ${target.name} is gone`, by: undefined, missing: stays };
    if (!pod.ok) throw new NotLooked(podProbe.asks(named), pod.refusal);
    const ips = ((pod.value.status?.podIPs ?? []) as { ip: string }[]).flatMap(({ ip }) => canonicalAddress(ip) ?? []);
    if (!ips.includes(address)) {
      const why = `pod ${target.name} has ${ips.join(", ") || "no address"}`;
      const { uid } = pod.value.metadata;
      if (uid !== undefined && target.uid !== undefined && uid !== target.uid)
        return { why: `${why}, and is another one than the slice names`, by: undefined, missing: stays };
      // Networks beside the cluster's own give pods addresses that podIPs do not list.
      const at = { at: { kind: "pod", namespace: named.namespace, pod: named.name } } as const;
      const own = yield* tryAsk(addresses, at);
      if (!own.ok)
        return {
          why,
          by: undefined,
          missing: `that no other network gives the pod ${address}: ${own.refusal.message}`,
        };
      if (own.value.some((one) => one.address === address)) return undefined;
      return { why, by: [question(podProbe, named), question(addresses, at)], missing: "" };
    }
    if (pod.value.spec?.hostNetwork !== true) return undefined;
  }
  if (!node) return undefined;
  const at = { at: { kind: "node", node } } as const;
  const found = yield* ask(addresses, at);
  if (found.some((one) => one.address === address)) return undefined;
  if (target?.kind !== "Pod" && target !== undefined) return undefined;
  return { why: `no interface of node ${node} has it`, by: [question(addresses, at)], missing: "" };
}

const stays = "that it stays so: a pod that has just ended leaves its slice a moment later";
