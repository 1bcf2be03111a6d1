import { lacks } from "../facts/service-ranges.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Resource } from "../manifest/resource.ts";
import { type CoreServer, parseCorefile, zonesOf } from "../program-files/corefile.ts";
import type { Directive, DirectiveWord } from "../program-files/directive.ts";

export const rule: Rule = {
  summary: "CoreDNS answers reverse lookups of IPv4 addresses and none of IPv6 ones",
  why: `The zones of reverse lookups are \`in-addr.arpa\` and \`ip6.arpa\`. Without the second, the kubernetes plugin knows no name
of an IPv6 ClusterIP or pod; where it serves the zone but does not fall through, every other IPv6 address has no name.`,
  source: "https://coredns.io/plugins/kubernetes/",
  severity: "warning",
  codes: ["DNS001", "DNS002"],
  kinds: ["Corefile"],
  example: {
    bad: corefile("in-addr.arpa"),
    good: corefile("in-addr.arpa ip6.arpa"),
  },

  *check(file, world) {
    if (lacks(world, "IPv6")) return;
    const servers = parseCorefile(file.source);
    const all = servers.flatMap((server) =>
      plugins(server).map((plugin) => ({ plugin, zones: zones(server, plugin) })),
    );
    const served = all.some(({ zones: some }) => some.some(isIPv6));
    for (const { plugin, zones: some } of all) {
      const through = plugin.block?.find(({ name }) => name.text === "fallthrough");
      const ipv4 = plugin.args.find(({ text }) => isIPv4(text));
      if (ipv4 && !served) yield withoutZone(file, ipv4, through);
      else if (some.some(isIPv6) && through) yield* withoutFallthrough(file, through);
    }
  },
};

function plugins({ plugins: all }: CoreServer): readonly Directive[] {
  return all.filter(({ name }) => name.text === "kubernetes");
}

/** Without zones of its own the plugin serves those of its server. */
function zones(server: CoreServer, { args }: Directive): readonly string[] {
  return args.length > 0 ? args.map(({ text }) => text) : zonesOf(server);
}

function withoutZone(file: Resource, ipv4: DirectiveWord, through: Directive | undefined): Report {
  const fallen = through?.args.find(({ text }) => isIPv4(text));
  const edits = [ipv4, ...(fallen ? [fallen] : [])].map(({ end }) => file.edit(end, end, " ip6.arpa"));
  return {
    at: file.at(ipv4.start, ipv4.end),
    message: "reverse lookups of IPv6 addresses go unanswered: add ip6.arpa beside in-addr.arpa",
    codes: ["DNS001"],
    fix: { kind: "decision", title: "Add ip6.arpa", edits },
  };
}

function* withoutFallthrough(file: Resource, { args }: Directive): Iterable<Report> {
  const ipv4 = args.find(({ text }) => isIPv4(text));
  if (!ipv4 || args.some(({ text }) => isIPv6(text) || text === ".")) return;
  yield {
    at: file.at(ipv4.start, ipv4.end),
    message: "reverse lookups of foreign IPv6 addresses end here with NXDOMAIN: fall through for ip6.arpa too",
    codes: ["DNS002"],
    fix: { kind: "decision", title: "Add ip6.arpa", edits: [file.edit(ipv4.end, ipv4.end, " ip6.arpa")] },
  };
}

function isIPv4(zone: string): boolean {
  return /(^|\.)in-addr\.arpa\.?$/.test(zone);
}

function isIPv6(zone: string): boolean {
  return /(^|\.)ip6\.arpa\.?$/.test(zone);
}

function corefile(zones: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns
data:
  Corefile: |
    .:53 {
        kubernetes cluster.local ${zones} {
            fallthrough ${zones}
        }
        forward . /etc/resolv.conf
    }
`;
}
