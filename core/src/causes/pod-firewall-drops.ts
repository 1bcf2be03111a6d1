import { type Case, type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { dialArgs, vantageOf } from "../judging/dial-args.ts";
import { failedDials, podName } from "../judging/failures.ts";
import { throughPods } from "../judging/same-fate.ts";
import type { Flow, ScenePod } from "../judging/scene.ts";
import { sourceBehind } from "../judging/seen-source.ts";
import { type Fate, fateOf } from "../linux/packet-filter.ts";
import type { Packet } from "../linux/rule-match.ts";
import { probe as dialProbe } from "../probes/dial.ts";
import { type InsideFilterArgs, probe as insideFilter } from "../probes/inside-filter.ts";
import type { MovingRules } from "../probes/ip6tables.ts";
import { type Question, question, tryAsk, tryAskAll } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "firewall",
  summary: "The pod that is dialled drops IPv6 itself, by rules inside of its own network",
  why: "An init container, a sidecar, a mesh or the application itself may write ip6tables rules in the pod's network (NET_ADMIN). The node passes the packet on and tracks it, the pod receives it, and nobody on the node sees who throws it away.",
  source: "https://man7.org/linux/man-pages/man8/iptables.8.html",
  looksLike: ["forward-policy-drops-ipv6", "return-route-missing", "host-firewall-drops"], // it never comes to the pod / it is answered
  code: "F12",

  *judge(subject) {
    const lost = failedDials(subject, "timeout").filter(({ flow }) => flow?.toPod && !flow.toPod.hostNetwork);
    if (lost.length === 0)
      return excluded("no IPv6 dial to a pod ended in silence", dialsOverIPv6(subject, "other-node", "same-node"));
    const looked: Question[] = [];
    let untold: string | undefined;
    for (const dial of lost.slice(0, mostWatched)) {
      const { flow } = dial;
      if (!flow?.toPod || flow.host === undefined) continue;
      const pod = flow.toPod;
      const { again, watch, seen } = yield* watched(subject, flow, pod);
      if (!seen.ok)
        return unknown(`what ${podName(pod)} does with what comes to it was not seen: ${seen.refusal.message}`);
      if (!again) return unknown(`${podName(pod)} answered, or nobody dialled it, when it was watched`);
      looked.push(watch, again);
      const { rules, undelivered = 0 } = seen.value;
      const source = yield* sourceBehind(subject, flow, passedBy(subject, flow));
      const stopped = rules && stoppedBy(rules, flow, source ?? flow.from.ips.IPv6 ?? "");
      const remedy = {
        fix: `Find who writes rules in the network of ${podName(pod)}: its containers with NET_ADMIN, init containers, a sidecar or a mesh (ip6tables-save in one of them shows the rules), and let it accept IPv6 as it accepts IPv4.`,
        confirm: "Dial again; the packet counter of the rule inside of the pod stands still.",
        explains: [...new Set([dial.id, ...throughPods(subject, [dial])])],
      };
      if (stopped?.fate.verdict === "dropped") {
        const other = notOverIPv4(subject, dial);
        const because = `inside of ${podName(pod)} ${stopped.what} is dropped: ${stopped.fate.rule} took ${stopped.fate.moved} packets while it was dialled`;
        if (source === undefined)
          return possible(because, { ...remedy, missing: "from which address our packets come into the pod" });
        return proven(because, {
          ...remedy,
          died: { how: "tuple", dial, by: [watch, again] },
          instead: [
            { lookalike: "an earlier ACCEPT", by: [watch] },
            { lookalike: "forward-policy-drops-ipv6", by: [watch] },
            ...(other ? [other] : []),
          ],
        });
      }
      if (undelivered >= least)
        return possible(
          `${podName(pod)} received ${undelivered} packets, while it was dialled, that nothing in it was given`,
          { ...remedy, missing: "all the rules inside of the pod, which only a container with NET_ADMIN shows" },
        );
      if (stopped) untold ??= `${stopped.fate.rule} inside of ${podName(pod)}`;
    }
    if (untold !== undefined) return unknown(`which packets it takes cannot be told: ${untold}`);
    return excluded("what came to the pods that were dialled was delivered in them", looked);
  },
};

/** Each takes seconds of watching. */
const mostWatched = 2;
/** A first packet, and the one that the kernel sends again a second later. */
const least = 2;

function* watched(subject: Case, flow: Flow, pod: ScenePod) {
  const together = `inside ${flow.id}`;
  const { haste: _haste, again: _again, ...patient } = dialArgs(flow, subject.patience);
  const args: InsideFilterArgs = { at: vantageOf(pod), seconds: subject.patience + 0.3, together };
  const again = question(dialProbe, { ...patient, together });
  const watch = question(insideFilter, args);
  const [dialled] = yield* tryAskAll([again, watch] as readonly Question[]);
  const seen = yield* tryAsk(insideFilter, args);
  const failed = dialled?.ok && !(dialled.value as { ok: boolean }).ok;
  return { again: failed ? again : undefined, watch, seen };
}

function passedBy({ scene }: Case, { from, toPod }: Flow) {
  const far = toPod?.node === from.node ? [] : [toPod?.node];
  return [from.node, ...far].map((node) => scene.nodes.find(({ name }) => name === node));
}

interface Stopped {
  readonly what: string;
  readonly fate: Exclude<Fate, { verdict: "passes" }>;
}

/** What is dialled as it comes in, and the answer as it leaves; `unsure` is a rule that may as well have let it pass. */
function stoppedBy(rules: MovingRules, { host = "", port }: Flow, source: string): Stopped | undefined {
  const there: Packet = { source, destination: host, protocol: "tcp", destinationPort: port, state: "NEW" };
  const answer: Packet = { source: host, destination: source, protocol: "tcp", sourcePort: port, state: "ESTABLISHED" };
  for (const [what, hooks, packet] of [
    ["what is dialled", ["PREROUTING", "INPUT"], there],
    ["the answer", ["OUTPUT", "POSTROUTING"], answer],
  ] as const)
    for (const hook of hooks) {
      const fate = fateOf(rules, hook, packet, true);
      if (fate.verdict !== "passes") return { what, fate };
    }
  return undefined;
}
