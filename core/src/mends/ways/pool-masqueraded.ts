import { familyOf } from "../../addresses/address.ts";
import { mapping } from "../../policy/read.ts";
import { pools } from "../calico-types.ts";
import { type MendWay, notOffered } from "../way.ts";

/** https://docs.tigera.io/calico/latest/networking/configuring/workloads-outside-cluster */
export const way: MendWay = {
  kind: "IPPool",
  types: pools,
  says: "translates pods that leave the cluster to the address of their node",
  besides: () => ["Who outside knew pods by their own addresses sees those of their nodes: allow lists, logs."],
  settles: 60,

  async patch({ spec }) {
    const { cidr, natOutgoing } = mapping(spec);
    if (familyOf(String(cidr).split("/")[0] ?? "") !== "IPv6") return notOffered("it is no pool of IPv6");
    return natOutgoing === true ? notOffered("natOutgoing is true already") : { spec: { natOutgoing: true } };
  },
};
