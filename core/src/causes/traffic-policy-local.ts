import type { Family } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { type Case, type Cause, excluded, type Judgement, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4, twinOf } from "../judging/compared.ts";
import { eachService } from "../judging/each-service.ts";
import { endpointsIn, isSentTo, slicesSince } from "../judging/endpoints.ts";
import { failedDials } from "../judging/failures.ts";
import type { SceneService } from "../judging/scene.ts";
import type { Symptom } from "../judging/symptom.ts";
import { probe as endpointSlices } from "../probes/endpoint-slices.ts";
import { type Asking, ask, question } from "../probing/probe.ts";

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
    const judged = yield* eachService(lost, (service, dials) => judgeService(subject, service, dials));
    return (
      judged ?? excluded("no IPv6 dial to a Service with internalTrafficPolicy: Local failed", dialsOverIPv6(subject))
    );
  },
};

function* judgeService(
  subject: Case,
  service: SceneService,
  lost: readonly [Symptom, ...Symptom[]],
): Asking<Judgement> {
  const [dial] = lost;
  const { namespace, name } = service;
  const node = dial.flow?.from.node;
  const listed = question(endpointSlices, { namespace, service: name });
  const slices = yield* ask(endpointSlices, { namespace, service: name });
  const six = endpointsIn(slices, "IPv6").filter(isSentTo);
  if (six.some(({ nodeName }) => nodeName === node || nodeName === undefined))
    return excluded(`Service ${namespace}/${name} has an IPv6 endpoint on node ${node}`, [listed]);
  if (six.length === 0)
    return excluded(`Service ${namespace}/${name} has no IPv6 endpoint at all: that is no-ready-ipv6-endpoints`, [
      listed,
    ]);
  const onNode = (all: readonly KubeObject[], family: Family) =>
    endpointsIn(all, family).filter((one) => isSentTo(one) && one.nodeName === node).length;
  const fours = onNode(slices, "IPv4");
  const because = `Service ${namespace}/${name} has internalTrafficPolicy Local; its IPv6 endpoints are on ${[...new Set(six.map(({ nodeName }) => nodeName))].join(", ")}, none is on node ${node}${fours > 0 ? `, where ${fours} of IPv4 ${fours === 1 ? "is" : "are"}` : ""}`;
  const remedy = {
    fix: `Give the pod of Service ${namespace}/${name} on node ${node} an IPv6 address (recreate it if it is older than the change to dual-stack), run one there, or set internalTrafficPolicy: Cluster.`,
    confirm: `The IPv6 EndpointSlices of Service ${namespace}/${name} name node ${node}.`,
    explains: lost.map(({ id }) => id),
  };
  const other = notOverIPv4(subject, dial);
  if (!other) return possible(because, { ...remedy, missing: "the same Service reached over IPv4" });
  if (fours === 0 && twinOf(subject, dial)?.outcome === "ok")
    return possible(because, {
      ...remedy,
      missing: `that the node keeps to it: over IPv4 it sends to other nodes, since none is on node ${node} either`,
    });
  const since = yield* slicesSince({ namespace, service: name });
  if (!since.ok || onNode(since.value, "IPv6") > 0)
    return possible(because, {
      ...remedy,
      missing: since.ok
        ? `that there was none when it was dialled: by now node ${node} has one`
        : since.refusal.message,
    });
  return proven(because, {
    ...remedy,
    died: { how: "tuple", dial, by: [service, listed] },
    instead: [{ lookalike: "no-ready-ipv6-endpoints", by: [listed] }, other],
  });
}
