import { type Cause, excluded, proven } from "../judging/cause.ts";
import { atPod, failedDials, podName } from "../judging/failures.ts";
import { accepts } from "../linux/tcp-sockets.ts";
import { probe as listeners } from "../probes/listeners.ts";
import { ask } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "application",
  summary: "The application listens on IPv4 only",
  why: "A server bound to 0.0.0.0 is not there for IPv6: the kernel answers with a reset at once. The network is fine. Bound to :: a server takes both families, unless it asks for IPV6_V6ONLY.",
  source: "https://man7.org/linux/man-pages/man7/ipv6.7.html",
  looksLike: ["no-ready-ipv6-endpoints"], // there the node refuses, about a second later
  code: "A01",

  *judge(subject) {
    const refused = failedDials(subject, "refused").filter(({ flow, ms = 0 }) => flow?.toPod && ms < 500);
    if (refused.length === 0) return excluded("no pod refused an IPv6 connection at once");
    for (const { flow } of refused) {
      if (!flow?.toPod) continue;
      const pod = flow.toPod;
      const found = (yield* ask(listeners, atPod(pod))).filter(({ port }) => port === flow.port);
      if (found.some((listener) => accepts(listener, "IPv6", pod.ips.IPv6 ?? "", flow.port))) continue;
      if (found.length === 0) continue;
      const where = found
        .map(({ address }) => (address.includes(":") ? `[${address}]:${flow.port}` : `${address}:${flow.port}`))
        .join(", ");
      return proven(`in ${podName(pod)} port ${flow.port} is bound to ${where}, which no IPv6 peer can reach`, {
        fix: `Let the application bind [::]:${flow.port} (it then takes IPv4 as well) or both families; look for a bind, listen or host setting that says 0.0.0.0.`,
        confirm: `/proc/net/tcp6 of the pod lists port ${flow.port}, and the dial connects.`,
        explains: subject.failures
          .filter(
            (failure) =>
              failure.outcome === "refused" && (failure.flow?.toPod === pod || failure.flow?.scope === "service"),
          )
          .map(({ id }) => id),
      });
    }
    return excluded("where a connection was refused, nothing listens on that port in either family, or IPv6 is served");
  },
};
