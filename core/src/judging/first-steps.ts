import { familyOf, parseAddress } from "../addresses/address.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { type DialArgs, probe as dial } from "../probes/dial.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, type Question, question, tryAsk } from "../probing/probe.ts";
import { excluded, type Judgement } from "./cause.ts";
import { atNode, atPod } from "./failures.ts";
import type { Flow, SceneNode, ScenePod } from "./scene.ts";
import { outcomeOf } from "./symptom.ts";
import { otherTable } from "./table-in-force.ts";

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
  const { taken, perhaps, unread, by } = yield* otherTable(node, from.ips[flow.family] ?? "", host);
  if (taken) return excluded(`node ${node.name} chooses another way for the pod: "${taken.text}"`, by);
  const untold = perhaps ? `that node ${node.name} chooses no other way for the pod by "${perhaps.text}"` : unread;
  return { looked: [...looked, ...by], ...(untold === undefined ? {} : { unread: untold }) };
}
