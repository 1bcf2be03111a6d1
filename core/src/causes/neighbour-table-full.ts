import { type Cause, excluded, noticed, possible, unknown } from "../judging/cause.ts";
import { failedDials, nodeSysctl, sysctlCommand } from "../judging/failures.ts";
import { probe as kernelTables } from "../probes/kernel-tables.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "kernel",
  unprovable: true,
  summary: "The node's IPv6 neighbour table is nearly full",
  why: "The kernel keeps one table of IPv6 neighbours for all network namespaces of a node. At gc_thresh3, 1024 by default, it finds no room for another pod or node, and whoever is not in the table is not reached.",
  source: "https://docs.kernel.org/networking/ip-sysctl.html",
  looksLike: ["neighbour-discovery-dropped"], // there solicitations are sent, and nobody hears them
  code: "K11",

  *judge(subject) {
    const [node] = subject.scene.nodes;
    if (!node) return unknown("no node was looked into");
    const { neighbours: table } = yield* ask(kernelTables, { node: node.name });
    if (!table) return unknown(`node ${node.name} shows its neighbour table in no container that was asked`);
    const { entries, limit, refused, moved } = table;
    const because = `node ${node.name} has ${entries} IPv6 neighbours, room for ${limit}, and has refused ${refused} since boot`;
    if (entries < limit * near && moved === 0) return excluded(because, [question(kernelTables, { node: node.name })]);
    const remedy = {
      ...sysctlCommand(node.name, "net.ipv6.neigh.default.gc_thresh3", limit * 8),
      fix: `${nodeSysctl(node.name, "net.ipv6.neigh.default.gc_thresh3", limit * 8)} Raise gc_thresh1 and gc_thresh2 in proportion.`,
      confirm: "table_fulls in /proc/net/stat/ndisc_cache stands still.",
    };
    const lost = moved > 0 ? failedDials(subject, "timeout", "host-unreachable", "error") : [];
    return lost.length === 0
      ? noticed(because, remedy)
      : possible(`${because}, ${moved} of them while we dialled`, {
          ...remedy,
          explains: lost.map(({ id }) => id),
          missing: "that it was our own packet that found no room: the table does not say for whom",
        });
  },
};

/** The share of its limit at which a table is worth a word. */
const near = 0.9;
