import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { notOverIPv4, twinOf } from "../judging/compared.ts";
import { isLoopbackSocket, nobodyRefused, prefersIPv4, refusedByPod } from "../judging/deaf.ts";
import { atPod, podName } from "../judging/failures.ts";
import type { Ground } from "../judging/proof.ts";
import { throughPods } from "../judging/same-fate.ts";
import type { ScenePod } from "../judging/scene.ts";
import type { Symptom } from "../judging/symptom.ts";
import { accepts } from "../linux/tcp-sockets.ts";
import { probe as listeners } from "../probes/listeners.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "application",
  summary: "The application listens on IPv4 only",
  why: "A server bound to 0.0.0.0 is not there for IPv6: the kernel answers with a reset at once. The network is fine. Bound to :: a server takes both families, unless it asks for IPV6_V6ONLY.",
  source: "https://man7.org/linux/man-pages/man7/ipv6.7.html",
  // The node refuses about a second later there; the Java machine was told so; no other pod is let in, in either family.
  looksLike: ["no-ready-ipv6-endpoints", "java-prefers-ipv4", "listener-loopback-only"],
  code: "A01",

  *judge(subject) {
    const refused = refusedByPod(subject);
    if (refused.length === 0) return nobodyRefused(subject);
    const deaf: { pod: ScenePod; dial: Symptom; where: string }[] = [];
    const looked: Ground[] = [];
    for (const dial of refused) {
      const { toPod: pod, port } = dial.flow ?? {};
      if (!pod || port === undefined) continue;
      looked.push(question(listeners, atPod(pod)));
      const found = (yield* ask(listeners, atPod(pod))).filter((one) => one.port === port);
      if (found.length === 0 || found.some((one) => accepts(one, "IPv6", pod.ips.IPv6 ?? "", port))) continue;
      const where = found.map(({ address }) => (address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`));
      deaf.push({ pod, dial, where: where.join(", ") });
    }
    const [first] = deaf;
    if (!first)
      return excluded(
        "where a connection was refused, nothing listens on that port in either family, or IPv6 is served",
        looked,
      );
    if (deaf.every(({ pod }) => prefersIPv4(pod)))
      return excluded(
        "the Java machine in it was told to do IPv4 only: that is java-prefers-ipv4",
        deaf.map(({ pod }) => pod),
      );
    if (deaf.every(({ where }) => where.split(", ").every((one) => isLoopbackSocket(one))))
      return excluded("it is bound to the loopback address: that is listener-loopback-only", looked);
    const port = first.dial.flow?.port;
    const all = deaf.map(({ pod, where }) => `in ${podName(pod)} port ${port} is bound to ${where}`).join(", ");
    const because = `${all}, which no IPv6 peer can reach`;
    const remedy = {
      fix: `Let the application bind [::]:${port} (it then takes IPv4 as well) or both families; look for a bind, listen or host setting that says 0.0.0.0.`,
      confirm: `/proc/net/tcp6 of the pod lists port ${port}, and the dial connects.`,
      explains: [
        ...new Set([
          ...deaf.map(({ dial }) => dial.id),
          ...throughPods(
            subject,
            deaf.map(({ dial }) => dial),
          ),
        ]),
      ],
    };
    const other = notOverIPv4(subject, first.dial);
    const twin = twinOf(subject, first.dial);
    if (!other && twin && twin.outcome !== "not-looked")
      return possible(because, { ...remedy, missing: `that IPv4 reaches it: ${twin.text}` });
    return proven(because, {
      ...remedy,
      died: { how: "tuple", dial: first.dial, by: [question(listeners, atPod(first.pod))] },
      instead: [{ lookalike: "no-ready-ipv6-endpoints", by: [first.dial] }, ...(other ? [other] : [])],
    });
  },
};
