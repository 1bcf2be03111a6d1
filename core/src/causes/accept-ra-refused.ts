import { type Cause, excluded } from "../judging/cause.ts";
import { fades, heardAdvertisements, routeNotLearned } from "../judging/heard-advertisements.ts";

export const cause: Cause = {
  layer: "route",
  summary: "The node refuses router advertisements, so it never gets a default route",
  why: "Hardening guides and some images set accept_ra=0. Then neither an address nor a default route is learned; unless something in user space, such as systemd-networkd, handles advertisements itself.",
  source: "https://docs.kernel.org/networking/ip-sysctl.html",
  looksLike: ["ra-default-lost", "node-without-default-route"], // accept_ra is 1 there / no advertisement comes
  code: "K06",

  *judge(subject) {
    const fading = yield* fades(subject, 0, (device) => `, and accept_ra of ${device} is 0, so that it goes`);
    if (fading) return fading;
    const found = yield* heardAdvertisements(subject);
    if ("status" in found) return found;
    const { node, uplink, own, seen, says } = found;
    if (own !== 0) return excluded(`accept_ra of ${uplink} is ${own}`, seen);
    return yield* routeNotLearned(found, `accept_ra of ${uplink} on node ${node.name} is 0, ${says}`);
  },
};
