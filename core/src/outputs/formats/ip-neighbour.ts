import type { Format, Sign } from "../output.ts";

const neighbour =
  /^([^\s:]*:\S*|\d+(?:\.\d+){3}) dev (\S+)(?:\s+lladdr \S+)?(?:\s+(?:router|proxy|extern_learn|managed))*\s+(REACHABLE|STALE|DELAY|PROBE|FAILED|INCOMPLETE|PERMANENT|NOARP|NONE)\s*$/;

/** `ip neigh`, `ip -6 neigh`: {@link https://man7.org/linux/man-pages/man8/ip-neighbour.8.html} */
export const format: Format = {
  title: "ip neigh",
  source: "https://man7.org/linux/man-pages/man8/ip-neighbour.8.html",

  hear({ lines }) {
    const all = lines.flatMap((line) => {
      const found = neighbour.exec(line.text);
      return found ? [{ line, address: found[1] ?? "", device: found[2] ?? "", state: found[3] ?? "" }] : [];
    });
    const silent = all.filter(({ state }) => state === "FAILED" || state === "INCOMPLETE");
    return {
      understood: all.map(({ line }) => line.number),
      signs: silent.map(
        ({ line, address, device, state }): Sign => ({
          line: line.number,
          family: address.includes(":") ? "IPv6" : "IPv4",
          says: `${address} does not answer on ${device} (${state})`,
          pointsTo: address.includes(":") ? ["neighbour-discovery-dropped", "next-hop-not-peer"] : [],
        }),
      ),
    };
  },
};
