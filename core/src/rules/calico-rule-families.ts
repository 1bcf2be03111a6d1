import { type Family, familyOf } from "../addresses/address.ts";
import { calicoGroups, calicoNets, calicoPolicyKinds, calicoRules } from "../kinds/calico-policy.ts";
import type { Fix, Report, Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";
import { under } from "../manifest/missing.ts";

export const rule: Rule = {
  summary: "A Calico rule that names two families at once",
  why: `A rule in Calico is for one family as soon as it names an address, an \`ipVersion\` or an ICMP protocol, and all of these
have to agree. Write one rule for IPv4 and one for IPv6.`,
  source: "https://github.com/projectcalico/calico/blob/master/libcalico-go/lib/validator/v3/validator.go",
  severity: "error",
  codes: ["CAL011", "CAL012", "CAL013"],
  kinds: calicoPolicyKinds,
  groups: calicoGroups,
  example: {
    bad: `apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata:
  name: out
spec:
  selector: all()
  egress:
    - action: Allow
      destination:
        nets: [10.0.0.0/8, "fd12:3456:789a::/48"]
`,
    good: `apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata:
  name: out
spec:
  selector: all()
  egress:
    - action: Allow
      destination:
        nets: [10.0.0.0/8]
    - action: Allow
      destination:
        nets: ["fd12:3456:789a::/48"]
`,
  },

  *check(policy) {
    for (const rule of calicoRules(policy)) {
      const nets = calicoNets(rule).flatMap((list) => list.items().map((item) => ({ list, item, family: of(item) })));
      const first = nets.find(({ family }) => family)?.family;
      const other = nets.find(({ family }) => family && family !== first);
      if (other) {
        const message = "rule contains both IPv4 and IPv6 CIDRs: write one rule for each family";
        yield { at: under(other.list.path, other.item), message, codes: ["CAL011"] };
      }
      yield* version(rule, other ? undefined : first);
    }
  },
};

function* version(rule: Field, ofNets: Family | undefined): Iterable<Report> {
  const field = rule.get("ipVersion");
  const family = field?.text === "4" ? "IPv4" : field?.text === "6" ? "IPv6" : undefined;
  if (!field || !family) return;
  const protocols = [rule.get("protocol"), rule.get("notProtocol")].map((protocol) => protocol?.text);
  const icmp = family === "IPv4" ? "ICMPv6" : "ICMP";
  const wanted = family === "IPv4" ? 6 : 4;
  const flipped: Fix = { kind: "decision", title: `Write ipVersion: ${wanted}`, edits: [field.replaceBare(wanted)] };
  // What a Deny was meant to shut stays open if the wrong half of it is believed.
  const fix = rule.get("action")?.text === "Deny" ? [] : [flipped];
  if (protocols.includes(icmp))
    yield {
      at: field,
      message: `protocol ${icmp} requires ipVersion ${wanted}`,
      codes: ["CAL013"],
      fix: fix.flatMap((one) => [one, ...withProtocol(rule, icmp)]),
    };
  else if (ofNets && ofNets !== family)
    yield {
      at: field,
      message: `rule IP version doesn't match CIDR version: its nets are ${ofNets}`,
      codes: ["CAL012"],
      fix,
    };
}

/** It may as well be the protocol that is wrong. */
function withProtocol(rule: Field, icmp: string): readonly Fix[] {
  const other = icmp === "ICMP" ? "ICMPv6" : "ICMP";
  return ["protocol", "notProtocol"].flatMap((key): readonly Fix[] => {
    const field = rule.get(key);
    return field?.text === icmp
      ? [{ kind: "decision", title: `Write ${key}: ${other}`, edits: [field.replace(other)] }]
      : [];
  });
}

function of({ text }: Field): Family | undefined {
  return familyOf(text ?? "");
}
