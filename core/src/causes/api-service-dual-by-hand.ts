import { familyOf } from "../addresses/address.ts";
import { type Cause, excluded, proven } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { failedDials } from "../judging/failures.ts";
import { probe as endpointSlices } from "../probes/endpoint-slices.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "service",
  summary: "default/kubernetes was given an IPv6 address by hand, and the API server publishes no IPv6 endpoint for it",
  why: "The API server makes this Service and its EndpointSlice itself, in the family it advertises. A patch with ipFamilyPolicy is accepted and gives a second address; nothing ever stands behind it, so every connection there is refused.",
  source: "https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/",
  looksLike: ["no-ready-ipv6-endpoints"], // any other Service
  code: "S12",

  *judge(subject) {
    const lost = failedDials(subject).filter(
      ({ flow }) =>
        flow?.service?.namespace === "default" && flow.service.name === "kubernetes" && flow.host !== undefined,
    );
    const [dial] = lost;
    const service = dial?.flow?.service;
    if (!dial || !service)
      return excluded("no IPv6 dial to Service default/kubernetes failed", dialsOverIPv6(subject, "service"));
    const named = { namespace: "default", service: "kubernetes" };
    const slices = yield* ask(endpointSlices, named);
    const listed = question(endpointSlices, named);
    const endpoints = slices.flatMap((slice) => (slice.endpoints ?? []) as { addresses?: string[] }[]);
    const all = endpoints.flatMap(({ addresses = [] }) => addresses);
    if (all.length === 0 || all.some((address) => familyOf(address) === "IPv6"))
      return excluded(`the API server publishes ${all.join(", ") || "no endpoint"}`, [listed]);
    const other = notOverIPv4(subject, dial);
    return proven(
      `Service default/kubernetes has clusterIPs [${service.object.spec?.clusterIPs}], and its endpoints are ${all.join(", ")}`,
      {
        fix: "Take the second family away again (ipFamilyPolicy: SingleStack) and reach the API over IPv4; an IPv6 endpoint comes only of an API server that advertises an IPv6 address (--advertise-address, and the first range of --service-cluster-ip-range).",
        mend: { mend: "service-first-family-alone", namespace: "default", name: "kubernetes" },
        confirm: "spec.clusterIPs of Service default/kubernetes has the families of its endpoints.",
        explains: lost.map(({ id }) => id),
        died: { how: "answer", dial, by: [listed, service] },
        instead: [{ lookalike: "no-ready-ipv6-endpoints", by: [listed] }, ...(other ? [other] : [])],
      },
    );
  },
};
