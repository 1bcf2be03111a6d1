import { hasBoth } from "../../kinds/second-family.ts";
import { mapping, strings } from "../../policy/read.ts";
import { type MendWay, notOffered } from "../way.ts";

/** What default/kubernetes was before somebody gave it a family that the API server has no endpoint of. */
export const way: MendWay = {
  kind: "Service",
  types: [{ apiVersion: "v1", resource: "services" }],
  says: "gives its second family back; the first address stays",
  besides: () => ["The second address goes. Nobody is answered there, so that nobody's connection ends."],
  takesAway: true,
  settles: 40,

  async patch(service) {
    if (service.metadata.namespace !== "default" || service.metadata.name !== "kubernetes")
      return notOffered("others than default/kubernetes may well be served over both families");
    return hasBoth(service) ? { spec: { ipFamilyPolicy: "SingleStack" } } : notOffered("it has one family already");
  },

  lacks({ spec }) {
    return strings(mapping(spec).clusterIPs).length === 1 ? undefined : "the server leaves both addresses";
  },
};
