import { type Address, isLoopback, parseAddress } from "../addresses/address.ts";
import { clusterOf, lacks } from "../facts/service-ranges.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Resource } from "../manifest/resource.ts";
import { type CoreServer, parseCorefile, zonesOf } from "../program-files/corefile.ts";
import type { Directive } from "../program-files/directive.ts";

export const rule: Rule = {
  summary: "CoreDNS is told to hide AAAA records",
  why: `An empty answer for every AAAA turns IPv6 off for whoever asks by name. NXDOMAIN is worse: it says that the name does not
exist at all (RFC 8020), so resolvers that hear it first do not ask for A either.`,
  source: "https://www.rfc-editor.org/rfc/rfc8020",
  severity: "warning",
  codes: ["DNS007", "DNS008"],
  kinds: ["Corefile"],
  example: {
    bad: corefile("NXDOMAIN"),
    good: corefile("NOERROR"),
  },

  *check(file, world) {
    // Where there is no IPv6, an empty answer is what it says; who knows the cluster judges harder.
    const severity = clusterOf(world) === "unknown" ? "information" : "warning";
    const isMeant = lacks(world, "IPv6");
    for (const server of parseCorefile(file.source)) {
      if (isForItself(server)) continue;
      for (const plugin of server.plugins) {
        const found = [
          ...(plugin.name.text === "template" ? template(file, server, plugin) : []),
          ...(plugin.name.text === "acl" ? acl(file, plugin) : []),
        ];
        for (const report of found)
          if (report.message !== hidden) yield report;
          else if (!isMeant) yield { ...report, severity };
      }
    }
  },
};

/** On loopback only CoreDNS asks, for the names that another of its servers leaves to this one. */
function isForItself({ plugins }: CoreServer): boolean {
  const addresses = plugins.filter(({ name }) => name.text === "bind").flatMap(({ args }) => args);
  return addresses.length > 0 && addresses.every(({ text }) => isLoopback(parseAddress(text) ?? anywhere));
}

const anywhere: Address = { family: "IPv6", value: 0n, leadingZeros: false };

function* template(file: Resource, server: CoreServer, { args, block = [] }: Directive): Iterable<Report> {
  const [, type, ...zones] = args;
  if (type?.text !== "AAAA") return;
  const find = (name: string) => block.find((directive) => directive.name.text === name);
  const rcode = find("rcode")?.args[0];
  const everywhere = (zones.length > 0 ? zones.map(({ text }) => text) : zonesOf(server)).includes(".");
  if (rcode?.text === "NXDOMAIN") {
    const message = "NXDOMAIN for AAAA denies the whole name, its A records too: write NOERROR";
    // For every name an empty answer is no better.
    const edit = everywhere ? undefined : file.edit(rcode.start, rcode.end, "NOERROR");
    const fix: Report["fix"] = { kind: "decision", title: "Write NOERROR", edits: [edit] };
    yield { at: file.at(rcode.start, rcode.end), message, codes: ["DNS007"], fix };
    return;
  }
  // It falls through for names that no expression matches.
  const some = find("match")?.args.every(({ text }) => !["", ".", ".*", "^.*$"].includes(text));
  if (!everywhere || find("answer") || some) return;
  if (rcode && rcode.text !== "NOERROR") return;
  yield { at: file.at(type.start, type.end), message: hidden, codes: ["DNS008"] };
}

/** Only what holds for every client: a line for some networks is a decision about these. */
function* acl(file: Resource, { block = [] }: Directive): Iterable<Report> {
  for (const { name, args } of block) {
    const net = args.findIndex(({ text }) => text === "net");
    const type = args.slice(0, net < 0 ? args.length : net).find(({ text }) => text === "AAAA");
    const everyone = net < 0 || args.slice(net + 1).some(({ text }) => text === "*" || text === "::/0");
    if (["filter", "block", "drop"].includes(name.text) && type && everyone)
      yield { at: file.at(type.start, type.end), message: hidden, codes: ["DNS008"] };
  }
}

const hidden = "every name loses its AAAA records, so nobody reaches anything over IPv6: remove this if there is IPv6";

function corefile(rcode: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns
data:
  Corefile: |
    .:53 {
        template IN AAAA legacy.example.org {
            rcode ${rcode}
        }
        forward . /etc/resolv.conf
    }
`;
}
