import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { notOverIPv4 } from "../judging/compared.ts";
import { javaWithoutIPv6, nobodyRefused, prefersIPv4, refusedByPod } from "../judging/deaf.ts";
import { atPod, podName } from "../judging/failures.ts";
import type { Ground } from "../judging/proof.ts";
import { accepts } from "../linux/tcp-sockets.ts";
import { probe as listeners } from "../probes/listeners.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "application",
  summary: "The Java machine is told to do without IPv6",
  why: "-Djava.net.preferIPv4Stack=true takes IPv6 out of the Java machine altogether: servers bind IPv4, and clients cannot reach what has IPv6 only. It stands in many charts and images since a time when it cured something else.",
  source: "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/net/doc-files/net-properties.html",
  looksLike: ["listener-ipv4-only"], // the program itself binds 0.0.0.0 there
  code: "A05",

  *judge(subject) {
    const refused = refusedByPod(subject);
    if (refused.length === 0) return nobodyRefused(subject);
    const looked: Ground[] = [];
    for (const dial of refused) {
      const { toPod: pod, port } = dial.flow ?? {};
      if (!pod || port === undefined) continue;
      looked.push(pod);
      const [told] = javaWithoutIPv6(pod);
      if (!told) continue;
      looked.push(question(listeners, atPod(pod)));
      const found = (yield* ask(listeners, atPod(pod))).filter((one) => one.port === port);
      if (found.length === 0 || found.some((one) => accepts(one, "IPv6", pod.ips.IPv6 ?? "", port))) continue;
      const because = `container ${told.name} of ${podName(pod)} is started with -Djava.net.preferIPv4Stack=true, and port ${port} is bound to ${found.map(({ address }) => address).join(", ")}`;
      const remedy = {
        fix: `Take -Djava.net.preferIPv4Stack=true out of the arguments or of JAVA_TOOL_OPTIONS, JAVA_OPTS and the like of container ${told.name}; where IPv6 is to come first, -Djava.net.preferIPv6Addresses=system.`,
        confirm: `/proc/net/tcp6 of the pod lists port ${port}, and the dial connects.`,
        explains: refused.filter(({ flow }) => flow?.toPod === pod).map(({ id }) => id),
      };
      const other = notOverIPv4(subject, dial);
      if (!prefersIPv4(pod) && !told.ports?.some(({ containerPort }) => containerPort === port))
        return possible(because, {
          ...remedy,
          missing: `that it is container ${told.name} that listens on port ${port}`,
        });
      if (!other) return possible(because, { ...remedy, missing: "that IPv4 reaches it" });
      return proven(because, {
        ...remedy,
        died: { how: "tuple", dial, by: [question(listeners, atPod(pod)), pod] },
        instead: [{ lookalike: "listener-ipv4-only", by: [pod] }, other],
      });
    }
    return excluded("no pod that refused is started with java.net.preferIPv4Stack", looked);
  },
};
