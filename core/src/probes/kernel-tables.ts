import { answered } from "../cluster/cluster.ts";
import { cachedRoutes, parseProcStat } from "../linux/proc-stat.ts";
import { parseSysctl } from "../linux/sysctl.ts";
import type { Reading } from "../probing/bundle.ts";
import { type ExecProbe, vantageName } from "../probing/probe.ts";

/** How full a table of the kernel is. */
export interface Fill {
  readonly entries: number;
  readonly limit: number;
  /** Entries that found no room since boot, and while we dialled. */
  readonly refused: number;
  readonly moved: number;
}

/** Each is undefined where this kernel, or this network namespace, does not show it. */
export interface KernelTables {
  readonly connections?: Fill;
  readonly neighbours?: Fill;
  readonly cachedRoutes?: Pick<Fill, "entries" | "limit">;
}

const conntrack = "/proc/net/stat/nf_conntrack";
const neighbours = "/proc/net/stat/ndisc_cache";
const routeStats = "/proc/net/rt6_stats";
const conntrackCount = "/proc/sys/net/netfilter/nf_conntrack_count";
const limits = {
  connections: "/proc/sys/net/netfilter/nf_conntrack_max",
  neighbours: "/proc/sys/net/ipv6/neigh/default/gc_thresh3",
  routes: "/proc/sys/net/ipv6/route/max_size",
};

/** Tables of the kernel that refuse new entries when they are full. */
export const probe: ExecProbe<{ readonly node: string }, KernelTables> = {
  id: "kernel-tables",
  access: "exec",
  vantage: ({ node }) => ({ kind: "node", node }),
  always: (at) => (at.kind === "node" ? { node: at.node } : undefined),
  asks: ({ node }) => `how full the kernel's tables are on ${vantageName({ kind: "node", node })}`,
  types: () => [
    "sh",
    "-c",
    `grep . ${conntrackCount} ${Object.values(limits).join(" ")}; cat ${conntrack} ${neighbours}`,
  ],
  wants: () => [
    ...[conntrackCount, routeStats, ...Object.values(limits)].map((path) => ({ op: "file" as const, path })),
    { op: "moving", path: conntrack },
    { op: "moving", path: neighbours },
  ],
  read: (reading) => {
    const number = (path: string) => {
      const text = reading.file(path);
      return text.ok ? parseSysctl(text.value) : undefined;
    };
    const stats = reading.file(routeStats);
    const cached = stats.ok ? cachedRoutes(stats.value) : undefined;
    const most = number(limits.routes);
    const connections = fill(
      reading,
      conntrack,
      ["drop", "early_drop"],
      number(limits.connections),
      number(conntrackCount),
    );
    const neighbour = fill(reading, neighbours, ["table_fulls"], number(limits.neighbours));
    return answered({
      ...(connections ? { connections } : {}),
      ...(neighbour ? { neighbours: neighbour } : {}),
      ...(cached !== undefined && most !== undefined ? { cachedRoutes: { entries: cached, limit: most } } : {}),
    });
  },
  line: ({ connections, neighbours: neighbour, cachedRoutes: routes }) =>
    [
      connections && `connections ${share(connections)}`,
      neighbour && `IPv6 neighbours ${share(neighbour)}`,
      routes && `cached routes ${routes.entries} of ${routes.limit}`,
    ]
      .filter(Boolean)
      .join(", ") || "this container shows none of them",
};

function share({ entries, limit, refused, moved }: Fill): string {
  return `${entries} of ${limit}, ${refused} refused${moved > 0 ? `, ${moved} of them while dialling` : ""}`;
}

function fill(
  reading: Reading,
  path: string,
  counters: readonly string[],
  limit: number | undefined,
  count?: number,
): Fill | undefined {
  const texts = reading.moving(path);
  if (!texts.ok || limit === undefined) return undefined;
  const [before, after] = [parseProcStat(texts.value.before), parseProcStat(texts.value.after)];
  const entries = count ?? after.entries;
  if (entries === undefined) return undefined;
  const sum = (of: Readonly<Record<string, number>>) => counters.reduce((all, name) => all + (of[name] ?? 0), 0);
  return { entries, limit, refused: sum(after), moved: sum(after) - sum(before) };
}
