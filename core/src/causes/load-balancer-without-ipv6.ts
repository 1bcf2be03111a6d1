import { familyOf } from "../addresses/address.ts";
import { type Cause, excluded, proven } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { failedDials } from "../judging/failures.ts";
import { loadBalancerPools } from "../judging/load-balancer-pools.ts";

export const cause: Cause = {
  layer: "service",
  summary: "The load balancer has no IPv6 address, although its Service has one",
  why: "A Service of type LoadBalancer with both families gets what its provider gives: many clouds make an IPv4 load balancer unless an annotation asks for a dual-stack one, and pools of MetalLB or Cilium may hold IPv4 alone. Inside the cluster IPv6 works, from outside there is nothing to dial.",
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/#service-type-loadbalancer",
  looksLike: ["service-single-stack", "load-balancer-not-answered"], // the Service itself has no IPv6 there / the address is there
  code: "S05",

  *judge(subject) {
    const lacking = failedDials(subject, "no-address").filter(
      ({ flow }) => flow?.scope === "load-balancer" && flow.service?.object.spec?.ipFamilies?.includes("IPv6"),
    );
    const [dial] = lacking;
    const service = dial?.flow?.service;
    if (!dial || !service)
      return excluded(
        "no load balancer lacks an IPv6 address that its Service has",
        dialsOverIPv6(subject, "load-balancer"),
      );
    const { spec = {}, status = {} } = service.object;
    const name = `Service ${service.namespace}/${service.name}`;
    const ingress = ((status.loadBalancer?.ingress ?? []) as { ip?: string }[]).map(({ ip }) => ip);
    const { pools, by } = yield* loadBalancerPools();
    const without = Object.entries(pools).filter(([, held]) => !held.some(isSix));
    const empty = without.length > 0 && without.length === Object.keys(pools).length;
    const told = empty ? `; ${without.map(([pool, held]) => `${pool} holds ${held.join(", ")}`).join("; ")}` : "";
    return proven(
      `${name} has ipFamilies [${spec.ipFamilies}] and clusterIPs [${spec.clusterIPs}], and status.loadBalancer has ${ingress.join(", ")} only${told}`,
      {
        fix: empty
          ? `Add an IPv6 range to ${without.map(([pool]) => pool).join(" or ")}; the speaker then gives the Service an address of it.`
          : "Ask the provider for a dual-stack load balancer by its annotation on the Service (its events say why it did not make one); where it makes one family a Service only, have a second Service with ipFamilies [IPv6].",
        confirm: `status.loadBalancer.ingress of ${name} lists an IPv6 address.`,
        explains: lacking.map(({ id }) => id),
        died: { how: "answer", dial, by: [service] },
        instead: [{ lookalike: "service-single-stack", by: [service, ...(empty ? by : [])] }],
      },
    );
  },
};

/** A range `2001:db8::1-2001:db8::9`, a prefix or an address. */
function isSix(text: string): boolean {
  return familyOf(text.split(/[-/]/)[0]?.trim() ?? "") === "IPv6";
}
