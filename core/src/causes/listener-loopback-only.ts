import { type Cause, excluded, proven } from "../judging/cause.ts";
import { isLoopbackSocket, nobodyRefused } from "../judging/deaf.ts";
import { atPod, isLate, podName } from "../judging/failures.ts";
import type { Ground } from "../judging/proof.ts";
import { accepts } from "../linux/tcp-sockets.ts";
import { probe as listeners } from "../probes/listeners.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "application",
  summary: "The application listens on the loopback address of one family only",
  why: "A server on 127.0.0.1 or ::1 is there for its own pod alone, and in that family alone. Where localhost means ::1 to a client and 127.0.0.1 to its server, even the pod itself is refused; other pods are in either family.",
  source: "https://man7.org/linux/man-pages/man7/ipv6.7.html",
  looksLike: ["listener-ipv4-only", "no-ipv6-loopback"], // bound to 0.0.0.0 there / ::1 does not exist
  code: "A06",

  *judge(subject) {
    const refused = subject.failures.filter(
      (one) =>
        one.kind === "dial" &&
        one.outcome === "refused" &&
        one.proxied === undefined &&
        (one.flow?.toPod !== undefined || one.flow?.host === "::1") &&
        !isLate(subject, one),
    );
    if (refused.length === 0) return nobodyRefused(subject);
    const looked: Ground[] = [];
    for (const dial of refused) {
      const { toPod, from, host = "", port } = dial.flow ?? {};
      const pod = toPod ?? from;
      if (!pod || port === undefined) continue;
      looked.push(question(listeners, atPod(pod)));
      const found = (yield* ask(listeners, atPod(pod))).filter((one) => one.port === port);
      const sockets = found.map(({ address }) =>
        address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`,
      );
      if (found.length === 0 || !sockets.every(isLoopbackSocket)) continue;
      if (found.some((one) => accepts(one, "IPv6", host, port))) continue;
      const own = host === "::1";
      return proven(
        `in ${podName(pod)} port ${port} is bound to ${sockets.join(", ")}, and ${own ? "::1 is dialled" : `${host} is dialled`}`,
        {
          family: own ? "IPv6" : "both",
          fix: own
            ? "Let the program bind [::1] as well, or the client say 127.0.0.1 instead of localhost."
            : `Let the application bind [::]:${port} instead of the loopback address; look for a bind, listen or host setting.`,
          confirm: "The dial connects.",
          explains: subject.symptoms
            .filter(
              ({ failed, outcome, flow }) =>
                failed &&
                outcome === "refused" &&
                flow?.port === port &&
                (own ? flow.host === host : flow.toPod === pod),
            )
            .map(({ id }) => id),
          died: { how: "tuple", dial, by: [question(listeners, atPod(pod))] },
          instead: [{ lookalike: "listener-ipv4-only", by: [question(listeners, atPod(pod))] }],
        },
      );
    }
    return excluded("what refused is bound to more than the loopback address, or to nothing", looked);
  },
};
