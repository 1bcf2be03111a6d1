import { type Cause, excluded, noticed, possible, unknown } from "../judging/cause.ts";
import { failedDials, nodeSysctl, sysctlCommand } from "../judging/failures.ts";
import { probe as kernelTables } from "../probes/kernel-tables.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "kernel",
  unprovable: true,
  summary: "The node's IPv6 routing cache is nearly full",
  why: "Kernels before 6.3 hold at most net.ipv6.route.max_size destinations, 4096 by default, over IPv6. Above that every new one is refused with `Network is unreachable`, although the routes are there; newer kernels have no such limit.",
  source: "https://docs.kernel.org/networking/ip-sysctl.html",
  looksLike: ["node-without-default-route"], // there the route is missing
  code: "K12",

  *judge(subject) {
    const [node] = subject.scene.nodes;
    if (!node) return unknown("no node was looked into");
    const { cachedRoutes: table } = yield* ask(kernelTables, { node: node.name });
    if (!table) return unknown(`node ${node.name} shows its routing cache in no container that was asked`);
    const { entries, limit } = table;
    const because = `node ${node.name} has ${entries} destinations in its IPv6 routing cache, and room for ${limit}`;
    if (entries < limit * near) return excluded(because, [question(kernelTables, { node: node.name })]);
    const remedy = {
      ...sysctlCommand(node.name, "net.ipv6.route.max_size", Math.max(16_384, limit * 4)),
      fix: nodeSysctl(node.name, "net.ipv6.route.max_size", Math.max(16_384, limit * 4)),
      confirm: "The sixth number of /proc/net/rt6_stats, in hexadecimal, stays well below net.ipv6.route.max_size.",
    };
    const lost = failedDials(subject, "network-unreachable");
    return lost.length === 0
      ? noticed(because, remedy)
      : possible(because, {
          ...remedy,
          explains: lost.map(({ id }) => id),
          missing: 'the kernel\'s own word: "Route cache is full" in the log of the node',
        });
  },
};

/** The share of its limit at which a table is worth a word. */
const near = 0.9;
