import { type Address, canonicalAddress, contains, parseAddress, parsePrefix } from "../addresses/address.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { atNode, atPod, podName } from "../judging/failures.ts";
import type { Symptom } from "../judging/symptom.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, type Question, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "cluster",
  summary: "The Service range lies inside the pods' range",
  why: "An address is then a Service's and possibly a pod's. What the node whose pods own that part sends itself is routed before it is translated, and meets the route of its pods (or the blackhole of Calico), so the Service fails from some nodes only. On a bridge the pods of that node look for the address on their own link, where nobody has it. Examples in documents used to overlap like this.",
  source: "https://kubernetes.io/docs/reference/networking/virtual-ips/",
  looksLike: ["kube-proxy-no-ipv6-rules"], // arithmetic on the ranges decides
  code: "I04",

  *judge(subject) {
    const { scene, symptoms } = subject;
    for (const service of scene.services)
      for (const ip of (service.object.spec?.clusterIPs ?? []) as string[])
        for (const node of scene.allNodes)
          for (const cidr of node.podCIDRs) {
            const [address, range] = [parseAddress(ip), parsePrefix(cidr)];
            if (!address || !range || !contains(range, address)) continue;
            const failed = symptoms.filter(
              ({ flow, failed: dead }) => dead && flow?.service === service && flow.host === canonicalAddress(ip),
            );
            const because = `${ip} of Service ${service.namespace}/${service.name} is inside ${cidr}, the pods' range of node ${node.name}`;
            const remedy = {
              family: address.family,
              fix: "Use disjoint ranges: add a ServiceCIDR outside the pods' range (Kubernetes 1.33), move the Services, and remove the old one; on older versions the cluster has to be rebuilt.",
              confirm: "No clusterIP lies in any node's podCIDRs.",
              explains: failed.map(({ id }) => id),
            };
            const [dial] = failed;
            if (!dial) return possible(`${because}; nothing that was dialled failed of it`, remedy);
            const onLink = dial.outcome === "host-unreachable" ? yield* onPodsLink(dial, address) : undefined;
            if (onLink)
              return proven(`${because}; ${onLink.says}, and nobody there has it`, {
                ...remedy,
                died: { how: "tuple", dial, by: [onLink.by] },
                instead: [{ lookalike: "kube-proxy-no-ipv6-rules", by: [onLink.by] }],
              });
            // What a pod sends is translated before routes are asked, so that such clusters run; what a node sends is routed first.
            const source = dial.flow?.from;
            const table = source?.hostNetwork ? yield* tryAsk(routes, atNode({ name: source.node })) : undefined;
            const route = table?.ok ? routeTo(table.value, address) : undefined;
            if (!source || !route?.reject)
              return possible(because, {
                ...remedy,
                missing: "a route of the node that dials which takes the address",
              });
            const seen = question(routes, atNode({ name: source.node }));
            return proven(`${because}; ${route.destination} of node ${source.node}, which rejects, takes it`, {
              ...remedy,
              died: { how: "tuple", dial, by: [seen] },
              instead: [{ lookalike: "kube-proxy-no-ipv6-rules", by: [seen] }],
            });
          }
    return excluded(
      "no Service address lies in a pod range",
      scene.services.length > 0 ? [...scene.services, ...scene.allNodes] : dialsOverIPv6(subject),
    );
  },
};

/** On a bridge a pod looks for all of its node's range on its own link, and never asks its node, which would translate. */
function* onPodsLink({ flow }: Symptom, address: Address): Asking<{ says: string; by: Question } | undefined> {
  const pod = flow?.from;
  if (!pod || pod.hostNetwork) return undefined;
  const table = yield* tryAsk(routes, atPod(pod));
  const route = table.ok ? routeTo(table.value, address) : undefined;
  if (!route || route.gateway !== undefined || route.reject) return undefined;
  const says = `${podName(pod)} has ${route.destination} on its own link, ${route.device}`;
  return { says, by: question(routes, atPod(pod)) };
}
