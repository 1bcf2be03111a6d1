import { type Cause, excluded, type Judgement, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { eachService } from "../judging/each-service.ts";
import { seenFailing } from "../judging/failures.ts";
import type { Ground } from "../judging/proof.ts";
import { probedInVain } from "../judging/refused-probe.ts";
import type { SceneService } from "../judging/scene.ts";
import type { Symptom } from "../judging/symptom.ts";
import { probe as endpointSlices } from "../probes/endpoint-slices.ts";
import { type Asking, ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "node",
  summary: "The kubelet probes the pod over IPv6, where its application does not listen, so that it is never ready",
  why: "Probes go to the first of status.podIPs. In a cluster whose first family is IPv6 an application that binds 0.0.0.0 fails them, though it serves IPv4: no endpoint of its Service is ready, in either family.",
  source: "https://kubernetes.io/docs/concepts/workloads/pods/probes/",
  looksLike: ["listener-ipv4-only", "no-ready-ipv6-endpoints"], // the pod is ready there / nobody says why it is not
  code: "A09",

  *judge(subject) {
    const failed = seenFailing(subject).filter(({ flow }) => flow?.service !== undefined && flow.host !== undefined);
    const judged = yield* eachService(failed, judgeService);
    return judged ?? excluded("no dial to a Service failed", dialsOverIPv6(subject, "service"), "both");
  },
};

function* judgeService(service: SceneService, failed: readonly [Symptom, ...Symptom[]]): Asking<Judgement> {
  const [dial] = failed;
  const named = { namespace: service.namespace, service: service.name };
  const slices = yield* ask(endpointSlices, named);
  const looked: Ground[] = [question(endpointSlices, named)];
  if (
    slices
      .flatMap(({ endpoints }) => (endpoints ?? []) as Endpoint[])
      .some(({ conditions }) => conditions?.ready !== false)
  )
    return excluded(`Service ${service.namespace}/${service.name} has ready endpoints`, looked, "both");
  const probed = yield* probedInVain(service.namespace, slices);
  looked.push(...probed.looked);
  const { found } = probed;
  if (found) {
    const { pod, host, port, message } = found.complaint;
    const because = `the kubelet says of pod ${service.namespace}/${pod}: ${message}`;
    const remedy = {
      family: "both" as const,
      fix: `Let the application bind [::]:${port}; or name the address in the probe (httpGet.host, or an exec probe of 127.0.0.1). The first family of a cluster cannot be changed.`,
      confirm: "The pod becomes ready, and its endpoints too.",
      explains: failed.map(({ id }) => id),
    };
    if (!found.bound)
      return possible(because, { ...remedy, missing: `what listens in the pod ${host} is of: ${found.unread}` });
    return proven(`${because}; port ${port} is bound to ${found.bound} there`, {
      ...remedy,
      died: { how: "tuple", dial, by: [question(endpointSlices, named), ...probed.looked] },
      instead: [{ lookalike: "listener-ipv4-only", by: [question(endpointSlices, named)] }],
    });
  }
  if (probed.unseen !== undefined)
    return unknown(`what the kubelet says of its pods was not read: ${probed.unseen}`, "both");
  return excluded("the kubelet does not complain of a probe over IPv6", looked, "both");
}

interface Endpoint {
  readonly conditions?: { readonly ready?: boolean };
}
