import type { Step } from "#test/lab/faults.ts";
import { by, type Faults, merge, outside, paths, type Shape, towardsPods } from "../case.ts";

/** Gives the first pod another address, of which its node alone knows; the old one is kept for the way to the gateway. */
export const renumbered = (address: string, shape: Shape): readonly Step[] => [
  merge(`${paths.pods}/n1-p1/status`, {
    status: {
      podIP: shape.families === "dual" ? "10.244.1.11" : address,
      podIPs: [...(shape.families === "dual" ? [{ ip: "10.244.1.11" }] : []), { ip: address }],
    },
  }),
  ...by(
    "n1-p1",
    `ip -6 addr add ${address}/128 dev eth0 nodad`,
    "ip -6 addr change fd00:10:244:1::11 dev eth0 preferred_lft 0",
  ),
  ...by(
    "n1",
    `ip -6 route add ${address}/128 dev ${towardsPods(shape)}`,
    `ip6tables -I FORWARD -s ${address} -j ACCEPT`,
    `ip6tables -I FORWARD -d ${address} -j ACCEPT`,
  ),
];
export const routed = "2001:db8:aaaa:1::11";
export const onLink = "2001:db8:18::1:11";

/** Of pods with global addresses, which nobody translates. */
export const globalPodFaults: Faults = {
  "pod-range-not-routed-back": {
    what: "the router of the nodes was never told of the pods' prefix",
    make: (shape) => renumbered(routed, shape),
    subject: outside,
    verdict: "possible",
  },
  "pod-range-needs-ndp-proxy": {
    what: "addresses of the nodes' own link, for which nobody answers there",
    make: (shape) => renumbered(onLink, shape),
    subject: outside,
    verdict: "possible",
  },
};
