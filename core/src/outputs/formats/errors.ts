import type { Format, Sign } from "../output.ts";

interface Words {
  readonly pattern: RegExp;
  readonly says: string;
  readonly pointsTo: Sign["pointsTo"];
}

/** What ping, curl, wget, nc and tracepath say, in the words of the C library: {@link https://man7.org/linux/man-pages/man3/errno.3.html} */
const words: readonly Words[] = [
  {
    pattern: /network is unreachable/i,
    says: "no route leads there",
    pointsTo: ["pod-without-default-route", "node-without-default-route", "ipv6-disabled-on-interface"],
  },
  {
    pattern: /no route to host|address unreachable|destination host unreachable/i,
    says: "the last router, or this machine, found no neighbour of that address",
    pointsTo: ["neighbour-discovery-dropped", "podip-not-on-interface", "next-hop-not-peer"],
  },
  {
    pattern: /destination unreachable: no route/i,
    says: "a router on the way has no route",
    pointsTo: ["route-to-peer-missing", "blackhole-route", "node-without-default-route"],
  },
  {
    pattern: /administratively prohibited|permission denied|operation not permitted/i,
    says: "a firewall rejects it",
    pointsTo: ["firewall-rejects"],
  },
  {
    pattern: /address family (?:for hostname )?not supported/i,
    says: "there is no IPv6 here",
    pointsTo: ["kernel-without-ipv6"],
  },
  {
    pattern: /cannot assign requested address/i,
    says: "there is no IPv6 address to send from",
    pointsTo: ["ipv6-disabled-on-interface", "dad-failed"],
  },
  {
    pattern: /connection refused/i,
    says: "the host refused it, for nothing listens there over IPv6, or a firewall did",
    pointsTo: ["listener-ipv4-only", "firewall-rejects", "kube-proxy-no-ipv6-rules", "no-ready-ipv6-endpoints"],
  },
  {
    pattern: /packet too big|frag(?:mentation)? needed|message too (?:long|large)/i,
    says: "the path is narrower than the packet",
    pointsTo: ["pod-mtu-above-tunnel", "path-mtu-black-hole"],
  },
];

const address = /(?<![\w.])\[?([0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7})\]?/;

/** Lines in which a program says why it did not get through; of a line without an IPv6 address it is not known what it speaks of. */
export const format: Format = {
  title: "an error message",
  source: "https://man7.org/linux/man-pages/man3/errno.3.html",

  hear({ command = "", lines }) {
    const found = lines.flatMap(({ text, number }) => {
      const known = words.find(({ pattern }) => pattern.test(text));
      const about = address.exec(text)?.[1] ?? address.exec(command)?.[1];
      return known && about !== undefined
        ? [{ line: number, family: "IPv6", says: `${about}: ${known.says}`, pointsTo: known.pointsTo } as const]
        : [];
    });
    return { understood: found.map(({ line }) => line), signs: found };
  },
};
