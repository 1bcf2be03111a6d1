import { contains, parseAddress, parsePrefix } from "../addresses/address.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";

export const cause: Cause = {
  layer: "cluster",
  summary: "The Service range lies inside the pods' range",
  why: "An address is then a Service's and possibly a pod's. On the node whose pods own that part, the route to its pods (or its blackhole) takes the packet before or after translation, so the Service fails from some nodes only. Examples in documents used to overlap like this.",
  source: "https://kubernetes.io/docs/reference/networking/virtual-ips/",
  looksLike: ["kube-proxy-no-ipv6-rules"], // arithmetic on the ranges decides
  code: "I04",

  *judge(subject) {
    yield* [];
    const { scene, symptoms } = subject;
    for (const service of scene.services)
      for (const ip of (service.object.spec?.clusterIPs ?? []) as string[])
        for (const node of scene.allNodes)
          for (const cidr of node.podCIDRs) {
            const [address, range] = [parseAddress(ip), parsePrefix(cidr)];
            if (!address || !range || !contains(range, address)) continue;
            const failed = symptoms.filter(
              ({ flow, failed: dead }) => dead && flow?.service === service && flow.host === ip,
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
            // A Service that no pod behind it answers for fails of that; the pods have to be reached.
            const reached = symptoms.find(
              ({ flow, outcome, family }) => family === address.family && flow?.toPod && outcome === "ok",
            );
            if (!reached)
              return possible(because, { ...remedy, missing: "a pod behind the Service that is reached directly" });
            return proven(because, {
              ...remedy,
              died: { how: "control", dial, by: [reached] },
              instead: [{ lookalike: "kube-proxy-no-ipv6-rules", by: [service, node] }],
            });
          }
    return excluded(
      "no Service address lies in a pod range",
      scene.services.length > 0 ? [...scene.services, ...scene.allNodes] : dialsOverIPv6(subject),
    );
  },
};
