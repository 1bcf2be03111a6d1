import { type Fate, fateOf } from "../linux/packet-filter.ts";
import type { Packet } from "../linux/rule-match.ts";
import { type DialArgs, probe as dialProbe } from "../probes/dial.ts";
import { probe as ip6tables, type MovingRules } from "../probes/ip6tables.ts";
import { probe as legacyRules } from "../probes/legacy-rules.ts";
import { type Asking, question, tryAsk } from "../probing/probe.ts";
import { rulesSee } from "./bridged.ts";
import type { Case } from "./cause.ts";
import { duringArgs } from "./dial-args.ts";
import { dnsPods } from "./dns-pods.ts";
import { atNode, isOnWay, wayThrough } from "./failures.ts";
import { type Passing, passingOn } from "./passing.ts";
import type { Ground } from "./proof.ts";
import type { Flow, Name, SceneNode } from "./scene.ts";
import { otherSources, sentElsewhere, sourceSeen } from "./seen-source.ts";
import type { Symptom } from "./symptom.ts";

interface Dropped {
  readonly symptoms: readonly [Symptom, ...Symptom[]];
  /** `the rule "-A HARDEN -j DROP" of the mangle table`, "the FORWARD policy is DROP" */
  readonly rule: string;
  readonly chain: string;
  /** PREROUTING, FORWARD ... */
  readonly hook: string;
  readonly verdict: "DROP" | "REJECT";
  readonly moved: number;
  /** "what is dialled", "the answer" */
  readonly what: string;
  readonly by: readonly [Ground, ...Ground[]];
}

/** What the packet filter of one node does to what we dialled. */
export interface Filtered {
  readonly dropped?: Dropped;
  /** A rule that cannot be read here was hit, so it is not known; and where it stands. */
  readonly unsure?: Pick<Dropped, "symptoms" | "hook" | "chain" | "by"> & { readonly says: string };
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
  const way: Way = { node, rules: rules.value, passing: yield* passings(subject, node) };
  const isSource = subject.scene.nodes[0] === node;
  const older = rules.value.besideLegacy ? yield* tryAsk(legacyRules, at) : undefined;
  const hidden: Way | undefined = older?.ok ? { ...way, rules: older.value } : undefined;
  let unsure: Filtered["unsure"];
  let unreadable =
    older?.ok === false ? `${node.name}: there are rules of ip6tables-legacy: ${older.refusal.message}` : undefined;
  for (const dial of lost) {
    const { flow } = dial;
    if (!flow?.host || !isOnWay(subject, flow, node)) continue;
    const sees = yield* rulesSee(node, flow);
    if (sees === false) continue;
    const again = isSource ? undefined : question(dialProbe, duringArgs(flow, node.name, subject.patience));
    const asked = again && (yield* tryAsk(dialProbe, again.args as DialArgs));
    if (asked?.ok === false) {
      unreadable ??= `${node.name}: it was not dialled once more: ${asked.refusal.message}`;
      continue;
    }
    for (const { fate, hook } of hidden ? fatesOf(dial, hidden) : [])
      if (fate.verdict !== "passes")
        unsure ??= {
          says: `"${fate.rule}" of ip6tables-legacy has counted ${fate.moved} packets since boot, and nobody counts how many of ours`,
          symptoms: [dial],
          chain: fate.chain,
          hook,
          by: [question(legacyRules, at)],
        };
    for (const { what, fate, hook } of fatesOf(dial, way)) {
      const by = [...looked, ...(again ? [again] : [])] as const;
      const open = fate.verdict === "dropped" ? yield* openOn(subject, dial, way, what, sees) : undefined;
      if (open === "passes") continue;
      if (fate.verdict === "unsure" || (fate.verdict === "dropped" && open))
        unsure ??= {
          says: `"${fate.rule}"${tableNamed(fate.table)} was hit ${fate.moved} times, and ${open ?? "which packets it matches cannot be told"}`,
          symptoms: [dial],
          chain: fate.chain,
          hook,
          by,
        };
      if (fate.verdict !== "dropped" || open) continue;
      const asks = isSource || (yield* answersNames(node));
      const passes = ({ flow, name }: Symptom) => (flow ? isOnWay(subject, flow, node) : name && asks);
      const also = subject.failures.filter((one) => one !== dial && passes(one) && sharesFate(one, fate.rule, way));
      const rule = fate.rule.startsWith("-A") ? `the rule "${fate.rule}"${tableNamed(fate.table)}` : fate.rule;
      const verdict = / -j REJECT\b/.test(fate.rule) ? "REJECT" : "DROP";
      const { chain, moved } = fate;
      return { looked, dropped: { symptoms: [dial, ...also], rule, chain, hook, verdict, moved, what, by } };
    }
  }
  const seen = hidden ? [...looked, question(legacyRules, at)] : looked;
  return {
    looked: seen,
    ...(unsure === undefined ? {} : { unsure }),
    ...(unreadable === undefined ? {} : { unreadable }),
  };
}

/**
 * Why it is not known whether a rule that takes such packets takes those of a dial; `passes`: it does not, since they come from another
 * address.
 */
function* openOn(
  subject: Case,
  dial: Symptom,
  way: Way,
  what: string,
  sees: boolean | undefined,
): Asking<string | undefined> {
  if (sees === undefined) return "whether what a bridge passes comes there was not read";
  const { flow } = dial;
  const taken = (source: string) =>
    fatesOf(dial, way, source).some((one) => one.what === what && one.fate.verdict === "dropped");
  const elsewhere = flow ? yield* sentElsewhere(subject, flow) : "no";
  if (elsewhere === "yes") return "passes";
  if (elsewhere !== "no") return `whether "${elsewhere.unseen}" sends ours elsewhere was not seen`;
  if (!flow || (yield* otherSources(subject, way.node, flow)).every(taken)) return undefined;
  const seen = yield* sourceSeen(subject, flow);
  if (seen === undefined) return "from which address its packets come there was not seen";
  return taken(seen) ? undefined : "passes";
}

/** Of a rule that whoever types `ip6tables -S` does not see. */
function tableNamed(table: string): string {
  return table === "filter" ? "" : ` of the ${table} table`;
}

/** A node, its rules, and by which devices packets of each flow come and go. */
interface Way {
  readonly node: SceneNode;
  readonly rules: MovingRules;
  readonly passing: ReadonlyMap<Flow, { readonly there: Passing; readonly answer: Passing }>;
}

function* passings(subject: Case, node: SceneNode): Asking<Way["passing"]> {
  const passing = new Map<Flow, { there: Passing; answer: Passing }>();
  for (const { flow } of subject.failures) if (flow?.host) passing.set(flow, yield* passingOn(subject, node, flow));
  return passing;
}

/** What becomes of the first packet of a dial or a lookup, and of the answer to it. */
function fatesOf(
  { flow, name }: Symptom,
  way: Way,
  source = flow?.from.ips.IPv6,
): { what: string; fate: Fate; hook: string }[] {
  if (name) return [{ what: "what is asked", ...fateAt(way.rules, forwarded, queryTo(name)) }];
  if (!flow?.host || flow.scope === "service") return [];
  const passing = way.passing.get(flow);
  const [there, answer] = packetsOf(flow, source, passing?.there, passing?.answer);
  return [
    { what: "what is dialled", ...fateAt(way.rules, hooksOf(flow, way.node, false), there) },
    { what: "the answer", ...fateAt(way.rules, hooksOf(flow, way.node, true), answer) },
  ];
}

/** One of the pods that answer for names is on the node. */
function* answersNames(node: SceneNode): Asking<boolean> {
  const pods = yield* dnsPods();
  return pods.some(({ pod }) => pod.spec?.nodeName === node.name);
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

function packetsOf(
  { host = "", port }: Flow,
  source = "",
  there: Passing = {},
  answer: Passing = {},
): [Packet, Packet] {
  const [first, back] = [{ protocol: "tcp", ...entry(there) } as const, { protocol: "tcp", ...entry(answer) } as const];
  return [
    { source, destination: host, ...(port === undefined ? {} : { destinationPort: port }), state: "NEW", ...first },
    {
      source: host,
      destination: source,
      ...(port === undefined ? {} : { sourcePort: port }),
      state: "ESTABLISHED",
      ...back,
    },
  ];
}

function entry({ iif, oif, back }: Passing): Pick<Packet, "in" | "out" | "back"> {
  return { ...(iif ? { in: iif } : {}), ...(oif ? { out: oif } : {}), ...(back === undefined ? {} : { back }) };
}

function queryTo({ from, server }: Name): Packet {
  return { source: from.ips.IPv6 ?? "", destination: server, protocol: "udp", destinationPort: 53, state: "NEW" };
}
