import { isLinkLocal, isLoopback, parseAddress } from "../addresses/address.ts";
import { splitHostPort } from "../addresses/host-port.ts";
import { lacks } from "../facts/service-ranges.ts";
import type { Rule } from "../lint/rule.ts";
import type { Place } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";
import { parseCorefile } from "../program-files/corefile.ts";

export const rule: Rule = {
  summary: "CoreDNS forwards to an IPv4 server in a cluster without IPv4",
  why: `A pod of an IPv6-only cluster has no IPv4 address: what CoreDNS sends to an IPv4 upstream leaves only where the platform
translates it, and NAT64 does not translate literal IPv4 addresses. \`forward\` picks its upstreams at random, so with one of each family
half of the questions wait for a timeout. Public resolvers have IPv6 addresses, and so does the node's resolver for /etc/resolv.conf.`,
  source: "https://coredns.io/plugins/forward/",
  severity: "information",
  kinds: ["Corefile"],
  mentions: [/forward|proxy/],
  example: {
    cluster: "v6",
    bad: corefile("[2606:4700:4700::1111]:53 8.8.8.8"),
    good: corefile("[2606:4700:4700::1111]:53 [2001:4860:4860::8888]:53"),
  },

  *check(file, world) {
    if (!lacks(world, "IPv4")) return;
    for (const upstreams of inCorefile(file)) {
      const old = upstreams.filter(({ text }) => isIPv4(text));
      const alone = old.length === upstreams.length;
      for (const { text, at } of old)
        yield {
          at,
          message: `pods here have no IPv4 to ask ${text} with${alone ? "" : ", and it is asked in its turn"}: name an IPv6 server`,
        };
    }
  },
};

interface Upstream {
  readonly text: string;
  readonly at: Place;
}

function inCorefile(file: Resource): readonly (readonly Upstream[])[] {
  const plugins = parseCorefile(file.source).flatMap((server) => server.plugins);
  return plugins
    .filter(({ name }) => name.text === "forward" || name.text === "proxy")
    .map(({ args }) => args.slice(1).map(({ text, start, end }) => ({ text, at: file.at(start, end) })));
}

/** On the node itself, link-local and loopback addresses may be answered in either family. */
function isIPv4(upstream: string): boolean {
  const host = splitHostPort(upstream.replace(/^\w+:\/\//, ""))?.host;
  const address = host === undefined ? undefined : parseAddress(host);
  return address?.family === "IPv4" && !isLinkLocal(address) && !isLoopback(address);
}

function corefile(upstreams: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns
data:
  Corefile: |
    .:53 {
        forward . ${upstreams}
    }
`;
}
