import { familyOf, parseAddress } from "../addresses/address.ts";
import { type Case, type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { comesThrough } from "../judging/comes-through.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { vantageOf } from "../judging/dial-args.ts";
import { atNode, failedDials, podName } from "../judging/failures.ts";
import { tunnelBy } from "../judging/leaving.ts";
import type { Ground } from "../judging/proof.ts";
import { lostFrom, throughPods } from "../judging/same-fate.ts";
import type { SceneNode, ScenePod } from "../judging/scene.ts";
import { outcomeOf, type Symptom } from "../judging/symptom.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as devices } from "../probes/devices.ts";
import { type DialArgs, probe as dialProbe } from "../probes/dial.ts";
import { probe as neighbours } from "../probes/neighbours.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, question, tryAsk, type Vantage } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "link",
  summary: "A permanent neighbour entry has a hardware address that its owner does not have",
  why: "What somebody wrote into the neighbour table for good (`nud permanent`: a CNI, an agent for virtual addresses, a script) is never asked for again. When the machine, the bridge or the pod behind it gets another hardware address, everything that is sent there goes to nobody, in silence.",
  source: "https://man7.org/linux/man-pages/man8/ip-neighbour.8.html",
  looksLike: ["neighbour-discovery-dropped", "underlay-filters-pods", "forwarding-off"], // there it is asked for / the entry is right
  code: "K14",

  *judge(subject) {
    const lost = failedDials(subject, "timeout").filter(({ flow }) => flow?.host && !flow.from.hostNetwork);
    if (lost.length === 0) return excluded("no IPv6 dial ended in silence", dialsOverIPv6(subject));
    const looked: Ground[] = [];
    let unread: string | undefined;
    for (const dial of lost)
      for (const step of yield* stepsOf(subject, dial)) {
        const found = yield* entryAt(step);
        if (typeof found === "string") unread ??= found;
        if (typeof found !== "object") continue;
        looked.push(...found.by);
        if (!found.wrong) continue;
        const because = `${step.who} keeps ${found.hardware} for ${found.address} (dev ${found.device}) as a permanent neighbour, and ${step.owner} has no such hardware address`;
        const remedy = {
          fix: `Where ${step.who} is: ip -6 neigh del ${found.address} dev ${found.device}; then find who writes it (a CNI or an agent that keeps neighbours, a script) and let it know today's address.`,
          confirm: `ip -6 neigh show ${found.address} names the hardware address of ${step.owner}, and the dial connects.`,
          explains: step.explains,
        };
        const other = notOverIPv4(subject, dial);
        if (!other) return possible(because, { ...remedy, missing: "the same dial over IPv4 that works" });
        const control = question(dialProbe, step.control(subject.patience));
        const tried = yield* tryAsk(dialProbe, control.args as DialArgs);
        const { outcome } = tried.ok ? outcomeOf(tried.value) : { outcome: undefined };
        if (outcome === "ok" || outcome === "refused") {
          looked.push(control);
          continue;
        }
        if (outcome !== "timeout")
          return possible(because, {
            ...remedy,
            missing: `a dial from ${step.who} to ${step.owner} that ends in silence too`,
          });
        // Who stands in for the owner may pass on what is for others, while a firewall hides the owner itself.
        const passes = dial.flow && (yield* comesThrough(subject, dial.flow, step.way));
        if (passes?.by) {
          looked.push(passes.by);
          continue;
        }
        if (passes?.unseen !== undefined) return possible(because, { ...remedy, missing: passes.unseen });
        return proven(`${because}; what ${step.who} sends to ${step.owner} itself gets no answer`, {
          ...remedy,
          died: { how: "tuple", dial, by: [control, ...found.by] },
          instead: [
            { lookalike: "a hardware address that somebody stands in for", by: [control] },
            { lookalike: "neighbour-discovery-dropped", by: found.by },
            other,
          ],
        });
      }
    return looked.length === 0 || unread !== undefined
      ? unknown(`the neighbour tables on the way were not all read: ${unread ?? "no route leads by one of them"}`)
      : excluded("no permanent neighbour entry on the way has another hardware address than its owner", looked);
  },
};

/** Somebody who has to know a hardware address, or the dial, or its answer, gets no further. */
interface Step {
  readonly who: string;
  readonly at: Vantage;
  /** What is sent on there. */
  readonly towards: string;
  readonly owner: string;
  readonly ownerAt: Vantage;
  /** A dial that needs the same neighbour, and nothing beyond it. */
  control(seconds: number): DialArgs;
  readonly explains: readonly string[];
}

/** "there": what comes to the far node has it behind itself. */
type StepOfWay = Step & { readonly way: "there" | "back" };

function* stepsOf(subject: Case, dial: Symptom): Asking<StepOfWay[]> {
  const { flow } = dial;
  const [source, host] = [flow?.from.ips.IPv6, flow?.host];
  if (!flow || !source || host === undefined) return [];
  const { nodes } = subject.scene;
  const near = nodes.find(({ name }) => name === flow.from.node);
  const to = flow.toPod && !flow.toPod.hostNetwork ? flow.toPod : undefined;
  const far = nodes.find(({ name }) => name === flow.toPod?.node && name !== near?.name);
  const through = [dial.id, ...throughPods(subject, [dial])];
  // What fails of it does so in silence: the neighbour is known, and wrong.
  const sent = (yield* lostFrom(subject, flow.from, ["timeout"])).map(({ id }) => id);
  const there = [near && toNode(flow.from, near, host, sent), near && far && betweenNodes(near, far, host, through)];
  const back = [
    (far ?? near) && to && toPod((far ?? near) as SceneNode, to, through),
    to && far && toNode(to, far, source, through),
    near && far && betweenNodes(far, near, source, through),
    near && toPod(near, flow.from, sent),
  ];
  return [
    ...there.flatMap((step) => (step ? { ...step, way: "there" as const } : [])),
    ...back.flatMap((step) => (step ? { ...step, way: "back" as const } : [])),
  ];
}

function toNode(pod: ScenePod, node: SceneNode, towards: string, explains: readonly string[]): Step | undefined {
  const known = ipv6Of(node);
  return known === undefined
    ? undefined
    : {
        ...from(podName(pod), vantageOf(pod), towards, explains),
        ...owned(`node ${node.name}`, atNode(node).at, vantageOf(pod), known),
      };
}

function betweenNodes(
  one: SceneNode,
  other: SceneNode,
  towards: string,
  explains: readonly string[],
): Step | undefined {
  const known = ipv6Of(other);
  return known === undefined
    ? undefined
    : {
        ...from(`node ${one.name}`, atNode(one).at, towards, explains),
        ...owned(`node ${other.name}`, atNode(other).at, atNode(one).at, known),
      };
}

function toPod(node: SceneNode, pod: ScenePod, explains: readonly string[]): Step | undefined {
  const known = pod.ips.IPv6;
  return known === undefined
    ? undefined
    : {
        ...from(`node ${node.name}`, atNode(node).at, known, explains),
        ...owned(podName(pod), vantageOf(pod), atNode(node).at, known),
      };
}

function from(who: string, at: Vantage, towards: string, explains: readonly string[]) {
  return { who, at, towards, explains };
}

/** A kubelet answers on a node, and on a pod's network anybody refuses. */
function owned(owner: string, ownerAt: Vantage, at: Vantage, host: string) {
  const control = (seconds: number): DialArgs => ({ at, family: "IPv6", host, port: 10250, seconds });
  return { owner, ownerAt, control };
}

function ipv6Of({ internalIPs }: SceneNode): string | undefined {
  return internalIPs.find((ip) => familyOf(ip) === "IPv6");
}

interface Entry {
  readonly address: string;
  readonly device: string;
  readonly hardware: string;
  readonly wrong: boolean;
  readonly by: readonly [Ground, ...Ground[]];
}

/** The permanent entry that the step needs; a sentence where nobody could look, undefined where there is none. */
function* entryAt({ who, at, towards, owner, ownerAt }: Step): Asking<Entry | string | undefined> {
  const table = yield* tryAsk(routes, { at });
  if (!table.ok) return `the routes of ${who} (${table.refusal.message})`;
  const target = parseAddress(towards);
  const route = target && routeTo(table.value, target);
  if (!route || route.reject || tunnelBy(route.device) !== undefined) return undefined;
  const address = route.gateway ?? towards;
  // Another's next hop may be a router that nobody looks into.
  const there = yield* tryAsk(addresses, { at: ownerAt });
  if (!there.ok) return `the addresses of ${owner} (${there.refusal.message})`;
  if (!there.value.some((one) => one.address === address)) return undefined;
  const known = yield* tryAsk(neighbours, { at });
  if (!known.ok) return `the neighbours of ${who} (${known.refusal.message})`;
  const seen = question(neighbours, { at });
  const entry = known.value.find(
    (one) =>
      parseAddress(one.address)?.value === parseAddress(address)?.value &&
      one.device === route.device &&
      one.states.includes("PERMANENT"),
  );
  const none = { address, device: route.device, hardware: "", wrong: false, by: [seen] } as const;
  if (entry?.hardware === undefined) return none;
  const own = yield* tryAsk(devices, { at: ownerAt });
  if (!own.ok) return `the hardware addresses of ${owner} (${own.refusal.message})`;
  return {
    ...none,
    hardware: entry.hardware,
    wrong: !Object.values(own.value).some(({ hardware }) => hardware === entry.hardware),
    by: [seen, question(devices, { at: ownerAt }), question(routes, { at })],
  };
}
