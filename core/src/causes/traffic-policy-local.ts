import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4, twinOf } from "../judging/compared.ts";
import { failedDials } from "../judging/failures.ts";
import { probe as endpointSlices } from "../probes/endpoint-slices.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "service",
  summary: "The Service sends to endpoints of the same node only, and there is none of IPv6",
  why: "With internalTrafficPolicy: Local a node sends to its own pods alone, family by family. Where its local pod has an IPv4 address only, IPv4 works and what is sent over IPv6 is dropped, although other nodes have IPv6 endpoints.",
  source: "https://kubernetes.io/docs/concepts/services-networking/service-traffic-policy/",
  looksLike: ["no-ready-ipv6-endpoints", "kube-proxy-no-ipv6-rules"], // nowhere is an IPv6 endpoint / nothing is translated at all
  code: "S07",

  *judge(subject) {
    const lost = failedDials(subject, "timeout", "refused", "network-unreachable").filter(
      ({ flow }) => flow?.scope === "service" && flow.service?.object.spec?.internalTrafficPolicy === "Local",
    );
    const [dial] = lost;
    const service = dial?.flow?.service;
    if (!dial?.flow || !service)
      return excluded("no IPv6 dial to a Service with internalTrafficPolicy: Local failed", dialsOverIPv6(subject));
    const { namespace, name } = service;
    const { node } = dial.flow.from;
    const listed = question(endpointSlices, { namespace, service: name });
    const slices = yield* ask(endpointSlices, { namespace, service: name });
    const ready = (family: string) =>
      slices
        .filter(({ addressType }) => addressType === family)
        .flatMap(({ endpoints }) => (endpoints ?? []) as Endpoint[])
        .filter(({ conditions }) => conditions?.ready !== false);
    const six = ready("IPv6");
    if (six.some(({ nodeName }) => nodeName === node || nodeName === undefined))
      return excluded(`Service ${namespace}/${name} has an IPv6 endpoint on node ${node}`, [listed]);
    if (six.length === 0)
      return excluded(`Service ${namespace}/${name} has no IPv6 endpoint at all: that is no-ready-ipv6-endpoints`, [
        listed,
      ]);
    const fours = ready("IPv4").filter(({ nodeName }) => nodeName === node).length;
    const because = `Service ${namespace}/${name} has internalTrafficPolicy Local; its IPv6 endpoints are on ${[...new Set(six.map(({ nodeName }) => nodeName))].join(", ")}, none is on node ${node}${fours > 0 ? `, where ${fours} of IPv4 ${fours === 1 ? "is" : "are"}` : ""}`;
    const remedy = {
      fix: `Give the pod of Service ${namespace}/${name} on node ${node} an IPv6 address (recreate it if it is older than the change to dual-stack), run one there, or set internalTrafficPolicy: Cluster.`,
      confirm: `The IPv6 EndpointSlices of Service ${namespace}/${name} name node ${node}.`,
      explains: lost.filter(({ flow }) => flow?.service === service).map(({ id }) => id),
    };
    const other = notOverIPv4(subject, dial);
    if (!other) return possible(because, { ...remedy, missing: "the same Service reached over IPv4" });
    if (fours === 0 && twinOf(subject, dial)?.outcome === "ok")
      return possible(because, {
        ...remedy,
        missing: `that the node keeps to it: over IPv4 it sends to other nodes, since none is on node ${node} either`,
      });
    return proven(because, {
      ...remedy,
      died: { how: "tuple", dial, by: [service, listed] },
      instead: [{ lookalike: "no-ready-ipv6-endpoints", by: [listed] }, other],
    });
  },
};

interface Endpoint {
  readonly nodeName?: string;
  readonly conditions?: { readonly ready?: boolean };
}
