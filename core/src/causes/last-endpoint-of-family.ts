import type { Family } from "../addresses/address.ts";
import { type Cause, excluded, noticed } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { endpointsIn } from "../judging/endpoints.ts";
import type { Ground } from "../judging/proof.ts";
import { probe as endpointSlices } from "../probes/endpoint-slices.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "service",
  unprovable: true,
  summary: "All IPv6 endpoints of the Service are on one node, and those of IPv4 are not",
  why: "A Service answers over IPv6 as long as one endpoint of that family is ready. Where pods from before the change to dual-stack, or nodes without IPv6, leave only one node with any, the next drain or failure of that node ends IPv6 while IPv4 goes on.",
  source: "https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#address-types",
  looksLike: ["no-ready-ipv6-endpoints"], // there none is left
  code: "S13",

  *judge(subject) {
    const looked: Ground[] = [];
    for (const { namespace, name, object } of subject.scene.services) {
      const ips = (object.spec?.clusterIPs ?? []) as string[];
      if (!ips.some((ip) => ip.includes(":"))) continue;
      const slices = yield* ask(endpointSlices, { namespace, service: name });
      looked.push(question(endpointSlices, { namespace, service: name }));
      const nodes = (family: Family) => [
        ...new Set(
          endpointsIn(slices, family)
            .filter(({ conditions }) => conditions?.ready !== false)
            .flatMap(({ nodeName }) => nodeName ?? []),
        ),
      ];
      const [six, four] = [nodes("IPv6"), nodes("IPv4")];
      if (six.length !== 1 || four.length < 2) continue;
      return noticed(
        `Service ${namespace}/${name} has ready IPv6 endpoints on node ${six[0]} only, and IPv4 ones on ${four.length} nodes (${four.slice(0, 3).join(", ")}${four.length > 3 ? ", ..." : ""})`,
        {
          fix: "Give the other pods IPv6 addresses: recreate those from before the change to dual-stack; hostNetwork pods need a node with an IPv6 InternalIP.",
          confirm: `The IPv6 EndpointSlices of Service ${namespace}/${name} name more than one node.`,
        },
      );
    }
    return excluded(
      "the Services of this diagnosis have IPv6 endpoints on as many nodes as it takes",
      looked.length > 0 ? looked : dialsOverIPv6(subject),
    );
  },
};
