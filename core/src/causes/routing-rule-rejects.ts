import { parseAddress } from "../addresses/address.ts";
import { type Case, type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { crossingOf, trackingSeen, watchCrossing } from "../judging/crossing.ts";
import { atNode, failedDials, podName } from "../judging/failures.ts";
import { markedFor } from "../judging/marks.ts";
import { passingOn } from "../judging/passing.ts";
import { throughPods } from "../judging/same-fate.ts";
import type { SceneNode } from "../judging/scene.ts";
import { sourceBehind } from "../judging/seen-source.ts";
import type { Symptom } from "../judging/symptom.ts";
import { trackedOf } from "../judging/tracking.ts";
import { tableRouteTo } from "../linux/ip-route.ts";
import { divertingRules, perhapsDiverting, type RoutingRule } from "../linux/policy-rules.ts";
import { probe as policyRules } from "../probes/policy-rules.ts";
import { probe as routeGet } from "../probes/route-get.ts";
import { probe as routeTable } from "../probes/route-table.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, ask, type Question, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "route",
  summary: "A rule for choosing a routing table rejects the packets, or sends them to a table that does",
  why: "Before the table main a node asks the rules of `ip -6 rule`. Plugins with several networks, VPNs and hand-made policy routing add such rules, often with a last route that rejects what the table does not know; pods' addresses, or the way back to them, are then missing there. `ip -6 route` shows nothing of it.",
  source: "https://man7.org/linux/man-pages/man8/ip-rule.8.html",
  looksLike: ["blackhole-route", "forwarding-off", "route-to-peer-missing"], // of the table main / no rule / nothing rejects
  code: "R09",

  *judge(subject) {
    const lost = failedDials(subject, "timeout", "invalid", "host-unreachable", "network-unreachable", "denied");
    if (lost.length === 0) return excluded("no IPv6 dial was lost on the way", dialsOverIPv6(subject));
    const looked: Question[] = [];
    let undecided: string | undefined;
    for (const dial of lost) {
      const ways = yield* waysOf(subject, dial);
      undecided ??= ways.untold;
      for (const way of ways.all) {
        const { node } = way;
        const rules = yield* ask(policyRules, { node: node.name });
        const asked = question(policyRules, { node: node.name });
        looked.push(asked);
        const met = divertingRules(rules, way);
        if (met.length === 0) {
          const { rule, looked: by } = yield* markedFor(node, perhapsDiverting(rules, way), way);
          if (rule)
            undecided ??= `whether "${rule.text}" of node ${node.name} takes what goes from ${way.source} to ${way.destination}`;
          looked.push(...by);
          continue;
        }
        const choice = { ...atNode(node), destination: way.destination, source: way.source, iif: way.iif };
        const by = question(routeGet, choice);
        looked.push(by);
        if ((yield* ask(routeGet, choice)).rejects === undefined) continue;
        const found = yield* decidingRule(node, met, way.destination);
        if (!found) {
          undecided ??= `node ${node.name} rejects what goes from ${way.source} to ${way.destination}, and nothing tells whether by "${met[0]?.text}" or without it`;
          continue;
        }
        const { rule, says, seen } = found;
        const because = `node ${node.name} rejects what goes from ${way.source} to ${way.destination}: its rule "${rule.text}" ${says}`;
        const remedy = {
          fix: `Find who made the rule on node ${node.name} (ip -6 rule shows its protocol), and either give its table the routes to pods and Services, or put before it: ip -6 rule add to ${way.destination} lookup main.`,
          confirm: `ip -6 route get ${way.destination} from ${way.source} iif ${way.iif} on node ${node.name} names a device.`,
          explains: yield* alsoRejected(subject, lost, dial, node, rule),
        };
        const before = rules.find(
          ({ asksMore, table, priority }) => priority <= rule.priority && (asksMore || table === "main"),
        );
        if (before)
          return possible(because, {
            ...remedy,
            missing: `whether "${before.text}", which is asked before, lets our packets go another way`,
          });
        const passed = way.isAnswer ? undefined : yield* passedOn(subject, dial, node);
        if (passed) return excluded(`node ${node.name} has passed the very connection on`, [passed]);
        const other = notOverIPv4(subject, dial);
        return proven(because, {
          ...remedy,
          died: { how: "tuple", dial, by: [by, asked, ...seen] },
          instead: [
            { lookalike: "blackhole-route", by: [asked, ...seen] },
            { lookalike: "a rule that asks for a mark", by: [asked] },
            ...(other ? [other] : []),
          ],
        });
      }
    }
    if (undecided !== undefined) return unknown(undecided);
    return excluded("no rule for choosing a routing table rejects what was dialled, or the answer", looked);
  },
};

/** A packet as it comes to a node that passes it on. */
interface Way {
  readonly node: SceneNode;
  readonly source: string;
  readonly destination: string;
  readonly iif: string;
  readonly isAnswer: boolean;
}

/** Ids of the dials that a node rejects as it meets the same rule first, and of the Services that fail with them. */
function* alsoRejected(
  subject: Case,
  lost: readonly Symptom[],
  dial: Symptom,
  node: SceneNode,
  rule: RoutingRule,
): Asking<string[]> {
  const rules = yield* ask(policyRules, { node: node.name });
  const met = [dial];
  for (const other of lost) {
    if (other === dial) continue;
    const { all } = yield* waysOf(subject, other);
    for (const way of all) {
      if (way.node !== node || divertingRules(rules, way)[0] !== rule || met.includes(other)) continue;
      const choice = { ...atNode(node), destination: way.destination, source: way.source, iif: way.iif };
      const chosen = yield* tryAsk(routeGet, choice);
      if (chosen.ok && chosen.value.rejects !== undefined) met.push(other);
    }
  }
  return [...met.map(({ id }) => id), ...throughPods(subject, met)];
}

/** What is dialled, and the answer, on each of the nodes that pass them on. What a Service makes of an address is not known here. */
function* waysOf(subject: Case, { flow }: Symptom): Asking<{ all: readonly Way[]; untold?: string }> {
  const own = flow?.from.ips.IPv6;
  if (!flow?.host || !own || flow.from.hostNetwork || flow.service) return { all: [] };
  const all: Way[] = [];
  const near = subject.scene.nodes.find(({ name }) => name === flow.from.node);
  for (const node of subject.scene.nodes) {
    if (node !== near && node.name !== flow.toPod?.node) continue;
    // By which device they come tell its routes.
    yield* ask(routes, atNode(node));
    const { there, answer } = yield* passingOn(subject, node, flow);
    const source = node === near ? own : yield* sourceBehind(subject, flow, [near]);
    if (source === undefined)
      return { all, untold: `from which address node ${node.name} sees ${podName(flow.from)} dial was not seen` };
    if (there.iif) all.push({ node, source, destination: flow.host, iif: there.iif, isAnswer: false });
    if (answer.iif) all.push({ node, source: flow.host, destination: source, iif: answer.iif, isAnswer: true });
  }
  return { all };
}

interface Deciding {
  readonly rule: RoutingRule;
  /** "looks up table 100, whose route `blackhole default` rejects" */
  readonly says: string;
  readonly seen: readonly Question[];
}

/** Which of the rules it is that rejects: a table without a route for the packet leaves it to the next rule. */
function* decidingRule(
  node: SceneNode,
  rules: readonly RoutingRule[],
  destination: string,
): Asking<Deciding | undefined> {
  const address = parseAddress(destination);
  const tables: Question[] = [];
  for (const rule of rules) {
    const { table } = rule;
    if (table === undefined) return { rule, says: "rejects by itself", seen: tables };
    const args = { node: node.name, table };
    const shown = yield* ask(routeTable, args);
    tables.push(question(routeTable, args));
    const route = address && tableRouteTo(shown, address);
    if (route?.kind === "unicast") return undefined;
    if (route && route.kind !== "throw")
      return { rule, says: `looks up table ${table}, whose route "${route.text}" rejects`, seen: tables };
  }
  // Not every ip shows what rejects. What the node sends there itself meets none of the rules.
  const [rule, ...others] = rules;
  const own = { ...atNode(node), destination };
  if (!rule || others.length > 0 || (yield* ask(routeGet, own)).rejects !== undefined) return undefined;
  return {
    rule,
    says: `looks up table ${rule.table}, while what the node itself sends there has a way`,
    seen: [...tables, question(routeGet, own)],
  };
}

/** A connection is tracked once its first packet has left: then no rule has rejected it. */
function* passedOn(subject: Case, { flow }: Symptom, { name }: SceneNode): Asking<Question | undefined> {
  const crossing = flow && crossingOf(subject.scene, flow, subject.patience);
  if (!crossing || !flow) return undefined;
  const crossed = yield* watchCrossing(crossing);
  const isNear = crossing.near.name === name;
  const seen = isNear ? crossed.near : crossed.far;
  if (!seen?.ok || !trackedOf(flow, seen.value)) return undefined;
  return isNear ? trackingSeen(crossing, crossed) : crossing.questions.far;
}
