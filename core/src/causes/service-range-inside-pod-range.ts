import { contains, parseAddress, parsePrefix } from "../addresses/address.ts";
import { type Cause, excluded, proven } from "../judging/cause.ts";

export const cause: Cause = {
  layer: "cluster",
  summary: "The Service range lies inside the pods' range",
  why: "An address is then a Service's and possibly a pod's. On the node whose pods own that part, the route to its pods (or its blackhole) takes the packet before or after translation, so the Service fails from some nodes only. Examples in documents used to overlap like this.",
  source: "https://kubernetes.io/docs/reference/networking/virtual-ips/",
  looksLike: ["kube-proxy-no-ipv6-rules"], // arithmetic on the ranges decides
  code: "I04",

  *judge({ scene, failures }) {
    yield* [];
    for (const { namespace, name, object } of scene.services)
      for (const ip of (object.spec?.clusterIPs ?? []) as string[])
        for (const node of scene.allNodes)
          for (const cidr of node.podCIDRs) {
            const [address, range] = [parseAddress(ip), parsePrefix(cidr)];
            if (!address || !range || !contains(range, address)) continue;
            return proven(
              `${ip} of Service ${namespace}/${name} is inside ${cidr}, the pods' range of node ${node.name}`,
              {
                family: address.family,
                fix: "Use disjoint ranges: add a ServiceCIDR outside the pods' range (Kubernetes 1.33), move the Services, and remove the old one; on older versions the cluster has to be rebuilt.",
                confirm: "No clusterIP lies in any node's podCIDRs.",
                explains: failures.filter(({ flow }) => flow?.scope === "service").map(({ id }) => id),
              },
            );
          }
    return excluded("no Service address lies in a pod range");
  },
};
