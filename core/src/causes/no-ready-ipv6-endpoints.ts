import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { probe as endpointSlices } from "../probes/endpoint-slices.ts";
import { ask } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "service",
  summary: "The Service has an IPv6 address and no ready IPv6 endpoint behind it",
  why: "EndpointSlices are kept per family. If the selected pods have no IPv6 address, or none is ready, kube-proxy rejects the IPv6 address of the Service while the IPv4 one works. v1 Endpoints show only the Service's first family.",
  source: "https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#address-types",
  looksLike: ["listener-ipv4-only", "kube-proxy-no-ipv6-rules"], // the pod itself refuses, at once / endpoints are there
  code: "S03",

  *judge(subject) {
    for (const { namespace, name, object } of subject.scene.services) {
      if (!((object.spec?.clusterIPs ?? []) as string[]).some((ip) => ip.includes(":"))) continue;
      const slices = yield* ask(endpointSlices, { namespace, service: name });
      const six = slices.filter(({ addressType }) => addressType === "IPv6");
      const endpoints = six.flatMap(
        ({ endpoints: listed }) => (listed ?? []) as { conditions?: { ready?: boolean } }[],
      );
      if (endpoints.some(({ conditions }) => conditions?.ready !== false)) continue;
      const four = slices.some(
        ({ addressType, endpoints: listed }) => addressType === "IPv4" && (listed ?? []).length > 0,
      );
      const because = `Service ${namespace}/${name} has ${six.length === 0 ? "no IPv6 EndpointSlice" : `${endpoints.length} IPv6 endpoints, none of them ready`}${four ? ", and IPv4 endpoints" : ""}`;
      const explains = subject.failures
        .filter(({ flow }) => flow?.service?.name === name && flow.service.namespace === namespace)
        .map(({ id }) => id);
      if (explains.length === 0) return possible(`${because}; nothing that was dialled failed of it`);
      return proven(because, {
        fix: four
          ? "Give the selected pods IPv6 addresses: recreate pods from before the change to dual-stack; hostNetwork pods need a node with an IPv6 InternalIP."
          : "Look at why no pod is ready, or whether the selector matches any: this is not about IPv6 alone.",
        confirm: `kubectl -n ${namespace} get endpointslices -l kubernetes.io/service-name=${name} lists an IPv6 slice with ready endpoints.`,
        explains,
      });
    }
    return excluded("the Services of this diagnosis have ready IPv6 endpoints, or no IPv6 address");
  },
};
