import { parseAddress } from "../addresses/address.ts";
import { type Route, routeTo } from "../linux/ipv6-route.ts";
import { type Fate, fateOf, type Packet } from "../linux/packet-filter.ts";
import { type DialArgs, probe as dialProbe } from "../probes/dial.ts";
import { probe as ip6tables, type MovingRules } from "../probes/ip6tables.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, question, tryAsk } from "../probing/probe.ts";
import type { Case } from "./cause.ts";
import { duringArgs } from "./dial-args.ts";
import { atNode, isAt, wayThrough } from "./failures.ts";
import type { Ground } from "./proof.ts";
import type { Flow, Name, SceneNode } from "./scene.ts";
import type { Symptom } from "./symptom.ts";

/** What the packet filter of one node does to what we dialled. */
export interface Filtered {
  readonly dropped?: {
    readonly symptoms: readonly [Symptom, ...Symptom[]];
    /** `the rule "-A HARDEN -j DROP"`, "the FORWARD policy is DROP" */
    readonly rule: string;
    readonly chain: string;
    /** PREROUTING, FORWARD ... */
    readonly hook: string;
    readonly verdict: "DROP" | "REJECT";
    readonly moved: number;
    /** "what is dialled", "the answer" */
    readonly what: string;
    readonly by: readonly [Ground, ...Ground[]];
  };
  /** A rule that cannot be read here was hit, so it is not known. */
  readonly unsure?: string;
  /** Why the rules could not be read, or no packet of ours was sent through them. */
  readonly unreadable?: string;
  readonly looked: readonly Ground[];
}

/**
 * Sends the packets of failed dials, and of their answers, through the rules a node has, with the counters that moved while
 * they were dialled (once more, where the node is not the source's).
 */
export function* filteredOn(subject: Case, node: SceneNode, lost: readonly Symptom[]): Asking<Filtered> {
  const at = atNode(node);
  const rules = yield* tryAsk(ip6tables, at);
  if (!rules.ok) return { unreadable: `${node.name}: ${rules.refusal.message}`, looked: [] };
  const looked: readonly [Ground, ...Ground[]] = [question(ip6tables, at)];
  const table = yield* tryAsk(routes, at);
  const way: Way = { node, rules: rules.value, table: table.ok ? table.value : [] };
  const isSource = subject.scene.nodes[0] === node;
  let unsure: string | undefined;
  let unreadable: string | undefined;
  for (const dial of lost) {
    const { flow } = dial;
    if (!flow?.host || (!isSource && flow.toPod?.node !== node.name && !isAt(flow, node))) continue;
    const again = isSource ? undefined : question(dialProbe, duringArgs(flow, node.name, subject.patience));
    const asked = again && (yield* tryAsk(dialProbe, again.args as DialArgs));
    if (asked?.ok === false) {
      unreadable ??= `${node.name}: it was not dialled once more: ${asked.refusal.message}`;
      continue;
    }
    for (const { what, fate, hook } of fatesOf(dial, way)) {
      if (fate.verdict === "unsure")
        unsure ??= `"${fate.rule}" was hit ${fate.moved} times, and which packets it matches cannot be told`;
      if (fate.verdict !== "dropped") continue;
      const also = subject.failures.filter((one) => one !== dial && sharesFate(one, fate.rule, way));
      const rule = fate.rule.startsWith("-A") ? `the rule "${fate.rule}"` : fate.rule;
      const by = [...looked, ...(again ? [again] : [])] as const;
      const verdict = / -j REJECT\b/.test(fate.rule) ? "REJECT" : "DROP";
      const { chain, moved } = fate;
      return { looked, dropped: { symptoms: [dial, ...also], rule, chain, hook, verdict, moved, what, by } };
    }
  }
  return { looked, ...(unsure === undefined ? {} : { unsure }), ...(unreadable === undefined ? {} : { unreadable }) };
}

/** A node, its rules, and the routes that tell by which device a packet comes and goes. */
interface Way {
  readonly node: SceneNode;
  readonly rules: MovingRules;
  readonly table: readonly Route[];
}

/** What becomes of the first packet of a dial or a lookup, and of the answer to it. */
function fatesOf({ flow, name }: Symptom, way: Way): { what: string; fate: Fate; hook: string }[] {
  if (name) return [{ what: "what is asked", ...fateAt(way.rules, forwarded, queryTo(name)) }];
  if (!flow?.host || flow.scope === "service") return [];
  const there = packetOf(flow, way.table);
  return [
    { what: "what is dialled", ...fateAt(way.rules, hooksOf(flow, way.node, false), there) },
    { what: "the answer", ...fateAt(way.rules, hooksOf(flow, way.node, true), answerTo(there)) },
  ];
}

function sharesFate(symptom: Symptom, rule: string, way: Way): boolean {
  return (
    symptom.outcome !== "no-record" &&
    fatesOf(symptom, way).some(({ fate }) => fate.verdict === "dropped" && fate.rule === rule)
  );
}

function fateAt(rules: MovingRules, hooks: readonly string[], packet: Packet): { fate: Fate; hook: string } {
  for (const hook of hooks) {
    const fate = fateOf(rules, hook, packet, true);
    if (fate.verdict !== "passes") return { fate, hook };
  }
  return { fate: { verdict: "passes" }, hook: "" };
}

/** Where a node looks at a packet that it forwards, that is for itself, or that its own network namespace sends. */
function hooksOf(flow: Flow, node: SceneNode, isAnswer: boolean): readonly string[] {
  const way = wayThrough(flow, node, isAnswer);
  return way === undefined ? forwarded : way === "out" ? ["OUTPUT", "POSTROUTING"] : ["PREROUTING", "INPUT"];
}

const forwarded = ["PREROUTING", "FORWARD", "POSTROUTING"];

function packetOf({ from, host = "", port }: Flow, table: readonly Route[]): Packet {
  const deviceTo = (text = "") => {
    const address = parseAddress(text);
    return address ? routeTo(table, address)?.device : undefined;
  };
  const [entry, exit] = [deviceTo(from.ips.IPv6), deviceTo(host)];
  return {
    source: from.ips.IPv6 ?? "",
    destination: host,
    protocol: "tcp",
    destinationPort: port,
    state: "NEW",
    ...(entry ? { in: entry } : {}),
    ...(exit ? { out: exit } : {}),
  };
}

function queryTo({ from, server }: Name): Packet {
  return { source: from.ips.IPv6 ?? "", destination: server, protocol: "udp", destinationPort: 53, state: "NEW" };
}

function answerTo({ source, destination, destinationPort, in: entry, out: exit }: Packet): Packet {
  return {
    source: destination,
    destination: source,
    protocol: "tcp",
    ...(destinationPort === undefined ? {} : { sourcePort: destinationPort }),
    state: "ESTABLISHED",
    ...(exit ? { in: exit } : {}),
    ...(entry ? { out: entry } : {}),
  };
}
