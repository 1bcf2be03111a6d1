import { parseAddress } from "../addresses/address.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { divertingRule, perhapsDiverting, type RoutingRule } from "../linux/policy-rules.ts";
import { probe as dialProbe } from "../probes/dial.ts";
import { probe as policyRules } from "../probes/policy-rules.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, type Question, question, tryAsk } from "../probing/probe.ts";
import type { Case } from "./cause.ts";
import { nodeDial } from "./dial-args.ts";
import { atNode, leavesThePod } from "./failures.ts";
import { markedFor } from "./marks.ts";
import type { Flow, SceneNode } from "./scene.ts";
import { lateBy, type Outcome, outcomeOf } from "./symptom.ts";

/** By which rule a node takes what comes from a pod past the table main. */
export interface OtherTable {
  readonly taken?: RoutingRule;
  /** It asks for more than addresses, as for a mark that something on the node sets. */
  readonly perhaps?: RoutingRule;
  /** Why the rules were not read. */
  readonly unread?: string;
  readonly by: readonly Question[];
}

export function* otherTable(node: SceneNode, source: string, destination: string): Asking<OtherTable> {
  const rules = yield* tryAsk(policyRules, { node: node.name });
  if (!rules.ok)
    return { unread: `the rules by which node ${node.name} chooses a routing table: ${rules.refusal.message}`, by: [] };
  const by = [question(policyRules, { node: node.name })];
  const table = yield* tryAsk(routes, atNode(node));
  const address = parseAddress(source);
  const iif = table.ok && address ? routeTo(table.value, address)?.device : undefined;
  const packet = { source, destination, ...(iif ? { iif } : {}) };
  const taken = divertingRule(rules.value, packet);
  if (taken) return { taken, by };
  const asking = perhapsDiverting(rules.value, packet);
  const { rule, looked } = yield* markedFor(node, asking, packet);
  return { ...(rule ? { perhaps: rule } : {}), by: [...by, ...looked] };
}

/** Whether a packet is routed by the table main; `doubt` says why it may not be: /proc/net/ipv6_route holds all tables and names none. */
export interface TableInForce {
  readonly doubt?: string;
  readonly by: readonly Question[];
}

export function* byTableMain(node: SceneNode, source: string, destination: string): Asking<TableInForce> {
  const { taken, perhaps, unread, by } = yield* otherTable(node, source, destination);
  const rule = taken ?? perhaps;
  if (rule)
    return { doubt: `that such packets are not taken elsewhere by "${rule.text}", a rule of node ${node.name}`, by };
  return unread === undefined ? { by } : { doubt: unread, by };
}

/** Whether a node rejects what pods send to a host: it is refused so at once itself, and no rule takes theirs another way. */
export function* rejectsAtOnce(
  { patience }: Case,
  node: SceneNode,
  flow: Flow,
  [source, host]: readonly [string, string],
): Asking<{ readonly by: readonly [Question, ...Question[]] } | { readonly missing: string }> {
  const own = question(dialProbe, nodeDial({ ...flow, host }, node.name, patience));
  const tried = yield* tryAsk(dialProbe, own.args);
  const where = `node ${node.name}`;
  if (!tried.ok)
    return {
      missing: `a dial of ${host} from ${where} itself, which shows whether it stands in the table that is looked up`,
    };
  if (!isRefusal(outcomeOf(tried.value).outcome, tried.value))
    return {
      missing: `that it stands in the table which is looked up: a dial of ${host} from ${where} itself is not refused at once (${tried.value.text || "no answer"})`,
    };
  const { doubt, by } = yield* byTableMain(node, source, host);
  return doubt === undefined ? { by: [own, ...by] } : { missing: doubt };
}

/** A route that rejects makes connect() fail before anything is sent. */
export function isRefusal(outcome: Outcome, took: Parameters<typeof lateBy>[0]): boolean {
  if (outcome === "invalid") return true;
  return lateBy(took) < leavesThePod && ["denied", "host-unreachable", "network-unreachable"].includes(outcome);
}
