import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { nobodyRefused } from "../judging/deaf.ts";
import { dialArgs } from "../judging/dial-args.ts";
import { atPod, podName } from "../judging/failures.ts";
import type { Ground } from "../judging/proof.ts";
import { outcomeOf } from "../judging/symptom.ts";
import { probe as dialProbe } from "../probes/dial.ts";
import { probe as listeners } from "../probes/listeners.ts";
import { ask, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "application",
  summary: "The application listens on IPv6 only: its socket refuses IPv4",
  why: "A server bound to [::] takes IPv4 as well, unless it sets IPV6_V6ONLY or net.ipv6.bindv6only is 1. /proc shows both alike; that IPv4 is refused at once where IPv6 connects tells them apart.",
  source: "https://man7.org/linux/man-pages/man7/ipv6.7.html",
  looksLike: ["listener-ipv4-only"], // the other way round
  code: "A03",

  *judge(subject) {
    const refused = subject.symptoms.filter(
      ({ failed, family, outcome, proxied, flow, ms = 0 }) =>
        failed && family === "IPv4" && outcome === "refused" && !proxied && flow?.toPod !== undefined && ms < 500,
    );
    const over4 = subject.symptoms.filter(({ kind, family }) => kind === "dial" && family === "IPv4");
    if (refused.length === 0) return nobodyRefused(subject, "IPv4", over4);
    const looked: Ground[] = [];
    for (const dial of refused) {
      const { flow } = dial;
      if (!flow?.toPod) continue;
      const pod = flow.toPod;
      const six = subject.symptoms.find((one) => one.family === "IPv6" && one.flow?.to === flow.to);
      looked.push(six ?? dial);
      if (six?.outcome !== "ok") continue;
      const sockets = question(listeners, atPod(pod));
      looked.push(sockets);
      const bound = (yield* ask(listeners, atPod(pod))).filter(({ port }) => port === flow.port);
      if (bound.length === 0 || bound.some(({ family }) => family === "IPv4")) continue;
      // A policy that rejects, on the pod's node, answers as fast as the pod itself.
      const within = { ...dialArgs(flow, subject.patience), ...atPod(pod) };
      const own = yield* tryAsk(dialProbe, within);
      const itself = question(dialProbe, within);
      looked.push(itself);
      if (own.ok && own.value.ok) continue;
      const because = `in ${podName(pod)} port ${flow.port} is bound to [${bound[0]?.address}] alone; IPv6 connects, and IPv4 is refused at once`;
      const remedy = {
        family: "IPv4" as const,
        fix: `Let the application take both families on port ${flow.port}: clear IPV6_V6ONLY (nginx: ipv6only=off, or a second listen), set net.ipv6.bindv6only=0 for the pod, or bind 0.0.0.0 as well.`,
        confirm: "The dial over IPv4 connects.",
        explains: refused.filter((one) => one.flow?.toPod === pod).map(({ id }) => id),
      };
      if (!own.ok || outcomeOf(own.value).outcome !== "refused")
        return possible(because, {
          ...remedy,
          missing: `that the pod refuses its own IPv4 address too, and nobody before it does: ${own.ok ? own.value.text : own.refusal.message}`,
        });
      return proven(`${because}, from within the pod too`, {
        ...remedy,
        died: { how: "control", dial, by: [six, sockets, itself] },
        instead: [
          { lookalike: "listener-ipv4-only", by: [six] },
          { lookalike: "a policy that rejects IPv4", by: [itself] },
        ],
      });
    }
    return excluded("where IPv4 was refused, IPv6 is not served either, or the pod itself takes IPv4", looked, "IPv4");
  },
};
