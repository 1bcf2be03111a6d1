import { familyOf } from "../../addresses/address.ts";
import { hasBoth, noSecondFamily } from "../../kinds/second-family.ts";
import { mapping, strings } from "../../policy/read.ts";
import { unanswered } from "../answers-over-ipv6.ts";
import { type MendWay, notOffered } from "../way.ts";

/** https://kubernetes.io/docs/concepts/services-networking/dual-stack/#switching-services-between-single-stack-and-dual-stack */
export const way: MendWay = {
  kind: "Service",
  types: [{ apiVersion: "v1", resource: "services" }],
  says: "gets its second family; the address that it has stays the first one, and connections over it go on",
  besides: ({ spec }) => [
    "From then on its name has an AAAA record, and clients that prefer IPv6 come over it.",
    ...(mapping(spec).type === "LoadBalancer" ? ["Whether its load balancer follows is up to the provider."] : []),
  ],
  settles: 40,

  async patch(service, around) {
    if (hasBoth(service)) return notOffered("it has both families already");
    const why = noSecondFamily(service) ?? (await unanswered(service, around));
    return why === undefined ? { spec: { ipFamilyPolicy: "PreferDualStack" } } : notOffered(why);
  },

  lacks({ spec }) {
    const { clusterIP, ipFamilies } = mapping(spec);
    const families = strings(ipFamilies).map(({ text }) => text);
    const addresses = strings(mapping(spec).clusterIPs).map(({ text }) => familyOf(text));
    if (clusterIP === "None" ? families.length === 2 : new Set(addresses).size === 2) return undefined;
    return "the server takes it and gives no second address: the cluster has no range of that family for Services";
  },
};
