import { type Cause, excluded } from "../judging/cause.ts";
import { deafAsRouter, routeNotLearned } from "../judging/heard-advertisements.ts";

export const cause: Cause = {
  layer: "route",
  summary:
    "accept_ra=2 is set for all interfaces, which says nothing to the one that exists: the node lost its default route",
  why: "With forwarding on, Linux takes router advertisements only on an interface whose own accept_ra is 2. Writing net.ipv6.conf.all.accept_ra changes no interface that exists, and is not consulted; sysctl.d looks right and the route is gone.",
  source: "https://docs.kernel.org/networking/ip-sysctl.html",
  looksLike: ["ra-default-lost", "node-without-default-route"], // nothing is set to 2 there / no advertisement ever came
  code: "K05",

  *judge(subject) {
    const found = yield* deafAsRouter(subject);
    if ("status" in found) return found;
    if (found.all !== 2) return excluded(`accept_ra of all is ${found.all}`, found.seen);
    return yield* routeNotLearned(found, `accept_ra of all is 2 and means nothing here: ${found.says}`);
  },
};
