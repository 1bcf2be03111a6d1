import { familyOf } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { probe as services } from "../probes/services.ts";
import { ask } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "service",
  summary: "The Service is single-stack: it has no IPv6 address",
  why: "Without ipFamilyPolicy a Service is SingleStack in the cluster's first family, also in a dual-stack cluster. Its name then has no AAAA record; DNS does nothing but repeat the Service.",
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/",
  // A Service with an IPv6 address and no AAAA is no-aaaa; without IPv6 in any Service the cluster may not have it.
  looksLike: ["no-aaaa", "cluster-single-stack"],
  code: "S01",

  *judge(subject) {
    const lacking = subject.scene.services.filter(
      ({ object }) => !hasIPv6(object) && object.spec?.type !== "ExternalName",
    );
    const [service] = lacking;
    if (!service) return excluded("the Services of this diagnosis have an IPv6 address, or there are none");
    const name = `Service ${service.namespace}/${service.name}`;
    if (!subject.scene.pods.some(({ ips }) => ips.IPv6)) return excluded(`${name} is IPv4-only, and so are the pods`);
    const all = yield* ask(services, {});
    const { ipFamilyPolicy = "unset", ipFamilies = [], clusterIPs = [] } = service.object.spec ?? {};
    const because = `${name}: ipFamilyPolicy ${ipFamilyPolicy}, ipFamilies [${ipFamilies}], clusterIPs [${clusterIPs}], while its pods have IPv6 addresses`;
    const remedy = {
      fix: `kubectl -n ${service.namespace} patch service ${service.name} --type merge -p '{"spec":{"ipFamilyPolicy":"PreferDualStack"}}' - the second family may be added at any time, the first never changes.`,
      confirm: "spec.clusterIPs lists an IPv6 address, and the name has an AAAA record.",
      explains: subject.failures
        .filter(({ flow, name: asked }) => lacking.includes(flow?.service ?? asked?.service ?? none))
        .map(({ id }) => id),
    };
    if (remedy.explains.length === 0) return possible(`${because}; nothing that was asked for fails of it`, remedy);
    return all.some(hasIPv6)
      ? proven(because, remedy)
      : possible(
          `${because}; no Service of the cluster has an IPv6 address, so its service range may be IPv4-only`,
          remedy,
        );
  },
};

const none = { namespace: "", name: "", object: { metadata: { name: "" } } };

function hasIPv6({ spec = {} }: KubeObject): boolean {
  const ips = (spec.clusterIPs ?? []) as string[];
  return (
    ips.some((ip) => familyOf(ip) === "IPv6") || (spec.clusterIP === "None" && (spec.ipFamilies ?? []).includes("IPv6"))
  );
}
