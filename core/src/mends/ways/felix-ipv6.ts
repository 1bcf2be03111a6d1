import { mapping } from "../../policy/read.ts";
import { felixConfigurations } from "../calico-types.ts";
import { type MendWay, notOffered } from "../way.ts";

/** https://docs.tigera.io/calico/latest/reference/resources/felixconfig */
export const way: MendWay = {
  kind: "FelixConfiguration",
  types: felixConfigurations,
  says: "lets Calico's agent make routes and rules of IPv6",
  besides: () => [
    "Policies are then carried out over IPv6 too: what they do not let in is dropped from that moment on.",
  ],
  settles: 90,

  async patch({ spec }) {
    return mapping(spec).ipv6Support === false
      ? { spec: { ipv6Support: true } }
      : notOffered("ipv6Support is not false there any more");
  },
};
