import { type Cause, excluded, noticed, unknown } from "../judging/cause.ts";
import { atPod, podName } from "../judging/failures.ts";
import type { ScenePod } from "../judging/scene.ts";
import { hasDefault } from "../linux/ipv6-route.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as defaultRoutes4 } from "../probes/default-routes4.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "address",
  unprovable: true,
  summary: "The pod can speak a family that Kubernetes does not list for it",
  why: "EKS gives pods of an IPv6 cluster a way out over IPv4 (169.254.172.0/22, masqueraded by the node); a router's advertisement or a second interface gives others IPv6. status.podIPs does not tell, so that policies, audits and firewalls by pod address do not see what is sent over it.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/cni-ipv6.html",
  looksLike: ["podip-not-on-interface"], // there the API lists an address that the pod lacks
  code: "U01",

  *judge({ scene }) {
    const [pod] = scene.pods;
    if (!pod || pod.hostNetwork) return unknown("no pod with a network of its own was looked into");
    if (pod.ips.IPv6 && pod.ips.IPv4)
      return excluded(`status.podIPs of ${podName(pod)} has both families`, [pod], "both");
    const family = pod.ips.IPv6 ? "IPv4" : "IPv6";
    const way = family === "IPv6" ? yield* wayOverIPv6(pod) : yield* wayOverIPv4(pod);
    if (way === undefined)
      return excluded(
        `${podName(pod)} has no way out over ${family}`,
        [family === "IPv6" ? question(addresses, atPod(pod)) : question(defaultRoutes4, atPod(pod))],
        family,
      );
    return noticed(`status.podIPs of ${podName(pod)} has no ${family}, and it can send over ${family}: ${way}`, {
      family,
      fix:
        family === "IPv6"
          ? "If nobody meant it: accept_ra=0 in the pod's network before its interface is up, and a look at who sends router advertisements there."
          : "If nobody meant it: on EKS set ENABLE_V4_EGRESS=false at aws-node; else look at which CNI plugin or second network gives the address. Policies by address have to name that range as well.",
      confirm: `The pod has no default route over ${family} any more, or status.podIPs lists its address.`,
    });
  },
};

function* wayOverIPv6(pod: ScenePod): Asking<string | undefined> {
  const own = (yield* ask(addresses, atPod(pod))).find(
    ({ scope, device, tentative, dadFailed }) => scope === "global" && device !== "lo" && !tentative && !dadFailed,
  );
  if (!own || !hasDefault(yield* ask(routes, atPod(pod)))) return undefined;
  return `${own.address}${own.permanent ? "" : ", learned from a router advertisement,"} on ${own.device}, and a default route`;
}

function* wayOverIPv4(pod: ScenePod): Asking<string | undefined> {
  const [route] = yield* ask(defaultRoutes4, atPod(pod));
  return route && `a default route ${route.gateway ? `via ${route.gateway} ` : ""}by ${route.device}`;
}
