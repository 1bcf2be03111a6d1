import type { Format, Line, Sign } from "../output.ts";

const route = /^(default|blackhole|unreachable|prohibit|throw|local|anycast|multicast|[0-9a-fA-F:.]+(?:\/\d+)?) (.*)$/;

/** `ip route`, `ip -6 route`: {@link https://man7.org/linux/man-pages/man8/ip-route.8.html} */
export const format: Format = {
  title: "ip route",
  source: "https://man7.org/linux/man-pages/man8/ip-route.8.html",

  hear({ command = "", lines }) {
    const all = lines.flatMap((line) => {
      const found = route.exec(line.text);
      return found &&
        /\b(?:dev|via|proto|nexthop|metric) /.test(line.text) &&
        !/ lladdr |^\S+ dev \S+ +[A-Z]+$/.test(line.text)
        ? [{ line, kind: found[1] ?? "", rest: found[2] ?? "" }]
        : [];
    });
    const isIPv6 = ({ kind, rest }: { kind: string; rest: string }) =>
      kind.includes(":") ||
      /^(?:\S+ )?\S*:\S*/.test(rest) ||
      / (?:via|src) \S*:/.test(` ${rest}`) ||
      / pref (?:low|medium|high)\b/.test(rest);
    const own = all.filter((one) => isIPv6(one) || (/\s-6\b/.test(command) && one.kind === "default"));
    const signs = own.flatMap(({ line, kind, rest }) => signsOf(line, kind, rest));
    // Of one destination (`ip -6 route get`) nothing follows for others.
    const whole = own.length > 1 && !/\broute get\b/.test(command) && !/\broute (?:show|list|ls|get) \S/.test(command);
    if (whole && !own.some(({ kind }) => kind === "default"))
      signs.push({
        line: own[0]?.line.number ?? 0,
        family: "IPv6",
        says: "among these IPv6 routes is no default route",
        pointsTo: ["pod-without-default-route", "node-without-default-route", "ra-default-lost"],
      });
    return { understood: all.map(({ line }) => line.number), signs };
  },
};

function signsOf({ number }: Line, kind: string, rest: string): Sign[] {
  const at = { line: number, family: "IPv6" } as const;
  const prefix = rest.split(" ")[0] ?? "";
  // The kernel's own entry of last resort, and what CNIs put behind their own blocks.
  if (/^(blackhole|unreachable|prohibit)$/.test(kind)) {
    const usual =
      (prefix === "default" && /\bmetric 4294967295\b/.test(rest)) || /\bproto (?:bird|80|kernel)\b/.test(rest);
    if (usual) return [];
    return [{ ...at, says: `packets to ${prefix} are thrown away: ${kind}`, pointsTo: ["blackhole-route"] }];
  }
  const signs: Sign[] = [];
  if (/\b(?:dead|linkdown)\b/.test(rest))
    signs.push({
      ...at,
      says: `the route to ${kind} is out of use: its link is down`,
      pointsTo: ["route-to-peer-missing"],
    });
  const expires = /\bexpires (\d+)sec\b/.exec(rest)?.[1];
  if (kind === "default" && /\bproto ra\b/.test(rest) && expires !== undefined)
    signs.push({
      ...at,
      says: `the default route comes from router advertisements and goes in ${expires} s if none comes: on a node that forwards, accept_ra has to be 2`,
      pointsTo: [],
    });
  return signs;
}
