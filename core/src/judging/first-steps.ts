import { familyOf, parseAddress } from "../addresses/address.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { divertingRule } from "../linux/policy-rules.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { type DialArgs, probe as dial } from "../probes/dial.ts";
import { probe as policyRules } from "../probes/policy-rules.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, type Question, question, tryAsk } from "../probing/probe.ts";
import { excluded, type Judgement } from "./cause.ts";
import { atNode, atPod } from "./failures.ts";
import type { Flow, SceneNode, ScenePod } from "./scene.ts";
import { outcomeOf } from "./symptom.ts";

/** What was looked at, and what could not be: without it a packet may never have gone where the routes of its node say. */
export interface FirstSteps {
  readonly looked: readonly Question[];
  readonly unread?: string;
}

/** Somebody answered on the node itself, which is asked by the same neighbour. */
function* reachesNode(pod: ScenePod, { internalIPs }: SceneNode): Asking<Question | undefined> {
  const host = internalIPs.find((ip) => familyOf(ip) === "IPv6");
  if (host === undefined) return undefined;
  const asked = question(dial, { ...atPod(pod), family: "IPv6", host, port: kubeletPort, seconds: 1.5 });
  const answer = yield* tryAsk(dial, asked.args as DialArgs);
  const { outcome } = answer.ok ? outcomeOf(answer.value) : { outcome: undefined };
  return outcome === "ok" || outcome === "refused" ? asked : undefined;
}

const kubeletPort = 10250;

/**
 * Whether the pod's packets go to its node, and there by the table main. A bridge tracks what one pod sends to another, so that a
 * node's tracking does not tell; nor does /proc/net/ipv6_route, which holds all tables without saying which.
 */
export function* firstSteps(node: SceneNode, flow: Flow): Asking<FirstSteps | Judgement> {
  const { from, host = "" } = flow;
  const looked: Question[] = [];
  const table = from.hostNetwork ? undefined : yield* tryAsk(routes, atPod(from));
  const own = yield* tryAsk(addresses, atNode(node));
  const address = parseAddress(host);
  const gateway = table?.ok && address ? routeTo(table.value, address)?.gateway : undefined;
  if (gateway !== undefined && own.ok) {
    const asked = question(addresses, atNode(node));
    if (!own.value.some((one) => one.address === gateway))
      return excluded(`the pod sends to ${gateway}, which is on no interface of node ${node.name}`, [
        question(routes, atPod(from)),
        asked,
      ]);
    looked.push(asked);
    const reached = yield* reachesNode(from, node);
    if (!reached)
      return {
        looked,
        unread: `that what the pod sends comes to node ${node.name} itself, and not to a wrong neighbour`,
      };
    looked.push(reached);
  }
  const rules = yield* tryAsk(policyRules, { node: node.name });
  if (!rules.ok)
    return {
      looked,
      unread: `the rules by which node ${node.name} chooses a routing table (${rules.refusal.message})`,
    };
  const asked = question(policyRules, { node: node.name });
  const [source, towards] = [from.ips[flow.family] ?? "", yield* tryAsk(routes, atNode(node))];
  const pod = parseAddress(source);
  const iif = towards.ok && pod ? routeTo(towards.value, pod)?.device : undefined;
  const rule = divertingRule(rules.value, { source, destination: host, ...(iif ? { iif } : {}) });
  if (rule) return excluded(`node ${node.name} chooses another way for the pod: "${rule.text}"`, [asked]);
  return { looked: [...looked, asked] };
}
