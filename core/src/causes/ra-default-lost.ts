import { type Cause, excluded } from "../judging/cause.ts";
import { deafAsRouter, fades, routeNotLearned } from "../judging/heard-advertisements.ts";

export const cause: Cause = {
  layer: "route",
  summary: "The node lost the default route it learned from router advertisements, because it forwards",
  why: "With forwarding on, Linux ignores router advertisements on an interface whose accept_ra is 1, and drops the default route it had. accept_ra=2 means: although forwarding. Writing `all` does not change interfaces that exist.",
  source: "https://docs.kernel.org/networking/ip-sysctl.html",
  looksLike: ["node-without-default-route", "accept-ra-on-all-only"], // there no router advertisement ever came
  code: "K04",

  *judge(subject) {
    const fading = yield* fades(
      subject,
      1,
      (device) =>
        `; it forwards and accept_ra of ${device} is 1, so that no advertisement renews the route any more and it goes`,
    );
    if (fading) return fading;
    const found = yield* deafAsRouter(subject);
    if ("status" in found) return found;
    if (found.all === 2)
      return excluded("accept_ra of all is 2, so somebody meant it: that is accept-ra-on-all-only", found.seen);
    return yield* routeNotLearned(found, found.says);
  },
};
