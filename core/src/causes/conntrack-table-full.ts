import { parseAddress } from "../addresses/address.ts";
import type { Answer } from "../cluster/cluster.ts";
import { type Cause, excluded, noticed, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { crossingOf, trackingSeen, watchCrossing } from "../judging/crossing.ts";
import { atNode, failedDials, nodeSysctl, sysctlCommand } from "../judging/failures.ts";
import { filterStops } from "../judging/filter-stops.ts";
import type { Flow } from "../judging/scene.ts";
import { byTableMain } from "../judging/table-in-force.ts";
import { trackedOf } from "../judging/tracking.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { untrackedBy } from "../linux/packet-filter.ts";
import { probe as forwarding } from "../probes/forwarding.ts";
import { probe as ip6tables, type MovingRules } from "../probes/ip6tables.ts";
import { probe as kernelTables } from "../probes/kernel-tables.ts";
import { probe as routes } from "../probes/routes.ts";
import { ask, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "kernel",
  summary: "The node's connection tracking table is full: it drops the first packet of what is new",
  why: "Every connection and every DNS question that passes a node takes an entry, of both families together. At nf_conntrack_max new ones are dropped without a word, so that some dials work and others end in silence; what is open goes on.",
  source: "https://docs.kernel.org/networking/nf_conntrack-sysctl.html",
  looksLike: ["forward-policy-drops-ipv6", "nftables-drops", "forwarding-off"], // what is dropped later is not tracked either
  code: "K23",

  *judge(subject) {
    const [node] = subject.scene.nodes;
    if (!node) return unknown("no node was looked into");
    const asked = question(kernelTables, { node: node.name });
    const { connections: table } = yield* ask(kernelTables, { node: node.name });
    if (!table) return unknown(`node ${node.name} does not show how many connections it tracks`);
    const { entries, limit, moved, refused } = table;
    const because = `node ${node.name} tracks ${entries} of ${limit} connections, and has dropped ${refused} new ones since boot`;
    if (entries < limit * near) return excluded(because, [asked], "both");
    const remedy = {
      family: "both" as const,
      ...sysctlCommand(node.name, "net.netfilter.nf_conntrack_max", limit * 2),
      fix: `${nodeSysctl(node.name, "net.netfilter.nf_conntrack_max", limit * 2)} kube-proxy sets it from conntrack.maxPerCore. Then find who opens so many: grep -c of one address in /proc/net/nf_conntrack.`,
      confirm: "The column drop of /proc/net/stat/nf_conntrack stands still while connections are made.",
    };
    const lost = failedDials(subject, "timeout");
    const [dial] = lost;
    const explained = { ...remedy, explains: lost.map(({ id }) => id) };
    if (!dial?.flow) return noticed(because, remedy);
    if (moved === 0)
      return possible(because, { ...explained, missing: "that it drops connections while we dial: none just now" });
    const crossing = crossingOf(subject.scene, dial.flow, subject.patience);
    if (!crossing) return excluded("no IPv6 dial was lost on the way", dialsOverIPv6(subject), "both");
    const { near: seen } = yield* watchCrossing(crossing);
    if (!seen.ok || seen.value.tracked === undefined)
      return possible(because, { ...explained, missing: "which connections the node tracks, to see ours missing" });
    const tracking = trackingSeen(crossing, { near: seen });
    if (trackedOf(dial.flow, seen.value))
      return excluded(`node ${node.name} tracks the very connection, so it found room`, [tracking], "both");
    // A connection is entered into the table when its first packet leaves: whoever drops it before leaves none behind.
    const { stops, looked, unreadable } = yield* filterStops(subject, [dial]);
    const stop = stops.find(({ sure }) => sure);
    if (stop) return unknown(`${because}; what was dialled died otherwise: ${stop.says}`, "both");
    const [doubt] = stops;
    if (doubt) return possible(because, { ...explained, missing: `what becomes of the packet there: ${doubt.says}` });
    const [rules, ...more] = looked;
    if (unreadable !== undefined || !rules)
      return possible(because, { ...explained, missing: `the rules of node ${node.name}: ${unreadable}` });
    const untracked = untrackedHere(yield* tryAsk(ip6tables, atNode(node)), dial.flow);
    if (untracked !== undefined)
      return possible(because, { ...explained, missing: `that node ${node.name} tracks such packets: "${untracked}"` });
    // Of what a route or a routing rule rejects no entry is made either.
    const way = yield* byTableMain(node, dial.flow.from.ips.IPv6 ?? "", dial.flow.host ?? "");
    if (way.doubt !== undefined) return possible(because, { ...explained, missing: way.doubt });
    const address = parseAddress(dial.flow.host ?? "");
    const table6 = question(routes, atNode(node));
    const route = address && routeTo(yield* ask(routes, atNode(node)), address);
    if (address?.family === "IPv6" && (!route || route.reject) && dial.flow.scope !== "service")
      return unknown(`${because}; it has no route to ${dial.flow.host}, or one that rejects`, "both");
    const forwards = question(forwarding, { node: node.name });
    if ((yield* ask(forwarding, { node: node.name })) !== 1)
      return unknown(`${because}; what was dialled died otherwise: node ${node.name} forwards no IPv6`, "both");
    return proven(
      `${because}, ${moved} of them while we dialled; the connection that was lost is not among the tracked`,
      {
        ...explained,
        died: { how: "counted", dial, by: [asked, tracking], packets: moved },
        instead: [
          { lookalike: "forward-policy-drops-ipv6", by: [rules, ...more] },
          { lookalike: "nftables-drops", by: [rules, ...more] },
          { lookalike: "forwarding-off", by: [forwards] },
          { lookalike: "blackhole-route", by: [table6, ...way.by] },
        ],
      },
    );
  },
};

/** The rule that may keep the dial out of what is tracked, of ip6tables. */
function untrackedHere(rules: Answer<MovingRules>, { from, host = "", port }: Flow): string | undefined {
  const packet = { source: from.ips.IPv6 ?? "", destination: host, destinationPort: port, protocol: "tcp" } as const;
  return rules.ok ? untrackedBy(rules.value, { ...packet, state: "NEW" }) : undefined;
}

/** The share of its limit at which a table is worth a word. */
const near = 0.9;
