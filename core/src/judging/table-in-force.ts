import { parseAddress } from "../addresses/address.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { divertingRule } from "../linux/policy-rules.ts";
import { probe as dialProbe } from "../probes/dial.ts";
import { probe as policyRules } from "../probes/policy-rules.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, type Question, question, tryAsk } from "../probing/probe.ts";
import type { Case } from "./cause.ts";
import { nodeDial } from "./dial-args.ts";
import { atNode, leavesThePod } from "./failures.ts";
import type { Flow, SceneNode } from "./scene.ts";
import { lateBy, type Outcome, outcomeOf } from "./symptom.ts";

/** Whether a packet is routed by the table main; `doubt` says why it may not be: /proc/net/ipv6_route holds all tables and names none. */
export interface TableInForce {
  readonly doubt?: string;
  readonly by: readonly Question[];
}

export function* byTableMain(node: SceneNode, source: string, destination: string): Asking<TableInForce> {
  const rules = yield* tryAsk(policyRules, { node: node.name });
  if (!rules.ok)
    return { doubt: `the rules by which node ${node.name} chooses a routing table: ${rules.refusal.message}`, by: [] };
  const table = yield* tryAsk(routes, atNode(node));
  const address = parseAddress(source);
  const iif = table.ok && address ? routeTo(table.value, address)?.device : undefined;
  const rule = divertingRule(rules.value, { source, destination, ...(iif ? { iif } : {}) });
  const by = [question(policyRules, { node: node.name })];
  return rule
    ? { doubt: `that such packets are not taken elsewhere by "${rule.text}", a rule of node ${node.name}`, by }
    : { by };
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
