import { parseAddress } from "../addresses/address.ts";
import { type Case, type Cause, excluded, type Judgement, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { vantageOf } from "../judging/dial-args.ts";
import { atPod, failedDials, leavesThePod, podName } from "../judging/failures.ts";
import type { Ground } from "../judging/proof.ts";
import { throughPods } from "../judging/same-fate.ts";
import type { Flow, ScenePod } from "../judging/scene.ts";
import { outcomeOf, type Symptom } from "../judging/symptom.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as counters } from "../probes/counters.ts";
import { probe as dialProbe } from "../probes/dial.ts";
import { probe as hopLimits } from "../probes/hop-limits.ts";
import { probe as routeGet } from "../probes/route-get.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, ask, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "kernel",
  summary: "The pod sends IPv6 packets that may take fewer hops than the way has",
  why: "Each node on the way takes one from the hop limit of a packet, and throws it away at none. A pod gets its hop limit from net.ipv6.conf.eth0.hop_limit, which a router advertisement may set as well, or from its route; with 1 it reaches nobody beyond its own link, while IPv4 has a limit of its own.",
  source: "https://www.rfc-editor.org/rfc/rfc8200#section-3",
  looksLike: ["neighbour-discovery-dropped", "firewall-rejects", "blackhole-route"], // there nobody says that a hop limit ran out
  code: "K24",

  *judge(subject) {
    const lost = failedDials(subject, "timeout", "host-unreachable");
    if (lost.length === 0) return excluded("no IPv6 dial was lost on the way", dialsOverIPv6(subject));
    const looked: Ground[] = [];
    for (const dial of lost) {
      const { flow } = dial;
      if (!flow?.host || flow.from.hostNetwork) continue;
      const sender = yield* judgeSender(subject, dial, flow, flow.host);
      if (sender.status !== "excluded") return sender;
      looked.push(...(sender.rests ?? []));
      if (!flow.toPod || flow.toPod.hostNetwork || dial.outcome !== "timeout") continue;
      const answers = yield* judgeAnswers(subject, dial, flow, flow.toPod);
      if (answers.status !== "excluded") return answers;
      looked.push(...(answers.rests ?? []));
    }
    return excluded("the pods' hop limits are larger than their ways are long", looked);
  },
};

/** What is dialled: the pod itself is told when it has run out of hops. */
function* judgeSender(subject: Case, dial: Symptom, flow: Flow, host: string): Asking<Judgement> {
  const pod = flow.from;
  const counted = question(counters, atPod(pod));
  const { Icmp6InTimeExcds: told = 0 } = (yield* ask(counters, atPod(pod))).moved;
  const hops = routersOn(flow);
  if (told === 0) return excluded(`${podName(pod)} was not told that a hop limit ran out`, [counted]);
  const { limit, by } = yield* limitOf(pod, host);
  const says = `${podName(pod)} was told ${told} times, while it dialled, that the hop limit of its packets had run out`;
  const choice = question(routeGet, { ...atPod(pod), destination: host });
  const chosen = yield* tryAsk(routeGet, choice.args as Parameters<typeof routeGet.asks>[0]);
  const ofRoute = chosen.ok ? chosen.value.hopLimit : undefined;
  const most = ofRoute ?? limit;
  const passing = subject.failures.filter(
    (one) =>
      one.flow?.from === pod &&
      (one === dial || (ofRoute === undefined && most !== undefined && routersOn(one.flow) >= most)) &&
      (one.outcome === "timeout" || one.outcome === "host-unreachable"),
  );
  const remedy = remedyFor(pod, [...passing.map(({ id }) => id), ...throughPods(subject, passing)]);
  const whose = ofRoute === undefined ? podName(pod) : `the route of ${podName(pod)} to ${host}`;
  if (most === undefined || most > hops)
    return possible(`${says}, although ${most === undefined ? "it is not known" : `that of ${whose} is ${most}`}`, {
      ...remedy,
      missing: `a route that has another hop limit, by an ip that shows it: routers that send packets in a circle look the same`,
    });
  const because = `the hop limit of ${whose} is ${most}, and its way has ${hops} routers or more; ${says}`;
  // A program that traces a route is told so as well, and a route that no ip shows may give another limit.
  const own = dial.outcome === "host-unreachable" ? [] : yield* toldSo(pod, host);
  if (!own) return possible(because, { ...remedy, missing: endsSo(pod, host) });
  return proven(because, {
    ...remedy,
    died: { how: "counted", dial, by: [counted, ...own, ...(ofRoute === undefined ? by : [choice])], packets: told },
    instead: instead(subject, dial, [counted]),
  });
}

/** The answers: the pod that is dialled dials back, and dies of the same. */
function* judgeAnswers(subject: Case, dial: Symptom, flow: Flow, pod: ScenePod): Asking<Judgement> {
  const host = flow.from.ips.IPv6 ?? "";
  const { limit, by } = yield* limitOf(pod, host);
  const hops = routersOn(flow);
  if (limit === undefined || limit > hops)
    return excluded(`the hop limit of ${podName(pod)} is ${limit ?? "not that of a device"}`, by);
  const remedy = remedyFor(pod, [...new Set([dial.id, ...throughPods(subject, [dial])])]);
  const because = `the hop limit of ${podName(pod)} is ${limit}, and the way of its answers has ${hops} routers or more`;
  const back = yield* toldSo(pod, host);
  if (!back) return possible(because, { ...remedy, missing: endsSo(pod, host) });
  return proven(`${because}; what it dials there itself ends with "no route to host"`, {
    ...remedy,
    died: { how: "tuple", dial, by: [...back, ...by] },
    instead: instead(subject, dial, back),
  });
}

/** A dial of the pod that ends by what it is told of its hop limit, before its kernel could have looked for a neighbour in vain. */
function* toldSo(pod: ScenePod, host: string): Asking<readonly [Ground] | undefined> {
  const asked = question(dialProbe, { at: vantageOf(pod), family: "IPv6", host, port: 9, seconds: 2.5 });
  const tried = yield* tryAsk(dialProbe, asked.args as Parameters<typeof dialProbe.asks>[0]);
  const told = tried.ok && outcomeOf(tried.value).outcome === "host-unreachable" && tried.value.ms >= leavesThePod;
  return told ? [asked] : undefined;
}

function endsSo(pod: ScenePod, host: string): string {
  return `a dial from ${podName(pod)} to ${host} that ends with "no route to host": a route or the program may give another limit`;
}

/** The hop limit of the device by which the pod sends there; none where the target is on its own link. */
function* limitOf(pod: ScenePod, host: string) {
  const table = yield* ask(routes, atPod(pod));
  const address = parseAddress(host);
  const route = address && routeTo(table, address);
  const by = [question(hopLimits, atPod(pod)), question(routes, atPod(pod))] as const;
  if (!route?.gateway) return { limit: undefined, by };
  return { limit: (yield* ask(hopLimits, atPod(pod)))[route.device], by };
}

/** Nodes that take one from the hop limit, at the least. */
function routersOn({ scope }: Flow): number {
  return scope === "other-node" ? 2 : scope === "own-node" ? 0 : 1;
}

function instead(subject: Case, dial: Symptom, by: readonly [Ground, ...Ground[]]) {
  const other = notOverIPv4(subject, dial);
  return [{ lookalike: "firewall-rejects", by }, ...(other ? [other] : [])] as const;
}

function remedyFor(pod: ScenePod, explains: readonly string[]) {
  return {
    fix: `Set net.ipv6.conf.eth0.hop_limit=64 in the network of ${podName(pod)}, or recreate it, and find who lowered it: its init containers and securityContext.sysctls, a router advertisement with a hop limit (accept_ra, accept_ra_min_hop_limit), a route with hoplimit.`,
    confirm: "Dial again; Icmp6InTimeExcds in /proc/net/snmp6 of the pod stands still.",
    explains,
  };
}
