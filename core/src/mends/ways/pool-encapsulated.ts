import { familyOf } from "../../addresses/address.ts";
import { mapping } from "../../policy/read.ts";
import { pools } from "../calico-types.ts";
import { type MendWay, notOffered } from "../way.ts";

/** https://docs.tigera.io/calico/latest/networking/configuring/vxlan-ipip */
export const way: MendWay = {
  kind: "IPPool",
  types: pools,
  says: "encapsulates in VXLAN what goes from one subnet of the nodes to another; pods keep their addresses",
  besides: () => [
    "Every node makes an interface vxlan-v6.calico, and UDP port 4789 has to pass between the nodes.",
    "Packets that are encapsulated have 70 bytes less room: where MTUs are set by hand, look at them.",
  ],
  settles: 60,

  async patch({ spec }) {
    const { cidr, vxlanMode = "Never" } = mapping(spec);
    if (familyOf(String(cidr).split("/")[0] ?? "") !== "IPv6") return notOffered("it is no pool of IPv6");
    if (vxlanMode !== "Never") return notOffered(`its vxlanMode is ${String(vxlanMode)} already`);
    return { spec: { vxlanMode: "CrossSubnet", ipipMode: "Never" } };
  },
};
