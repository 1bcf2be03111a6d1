import type { Family } from "../addresses/address.ts";
import { icmpNames } from "../kinds/cilium-config.ts";
import { ciliumPolicyKinds, ciliumRules } from "../kinds/cilium-policy.ts";
import type { Fix, Report, Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";
import { under } from "../manifest/missing.ts";

export const rule: Rule = {
  summary: "An ICMP type of the other family: without family it is IPv4",
  why: `\`family\` is IPv4 when left out, also for types that exist in ICMPv6 only. A name of the other family is refused; a
number is taken as it is, so \`type: 128\` lets in an IPv4 message nobody sends and no IPv6 echo request.`,
  source: "https://github.com/cilium/cilium/blob/main/pkg/policy/api/icmp.go",
  severity: "error",
  codes: ["CIL012", "CIL013"],
  kinds: ciliumPolicyKinds,
  groups: ["cilium.io"],
  example: {
    bad: `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata:
  name: ping
spec:
  endpointSelector: {}
  ingress:
    - icmps:
        - fields:
            - type: PacketTooBig
`,
    good: `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata:
  name: ping
spec:
  endpointSelector: {}
  ingress:
    - icmps:
        - fields:
            - type: PacketTooBig
              family: IPv6
`,
  },

  *check(policy) {
    for (const rule of ciliumRules(policy))
      for (const icmp of rule.get("icmps")?.items() ?? [])
        for (const field of icmp.get("fields")?.items() ?? []) yield* judge(field);
  },
};

function* judge(field: Field): Iterable<Report> {
  const [type, family] = [field.get("type"), field.get("family")];
  if (!type?.text || (family && !family.text)) return;
  const [own, other] = family?.text === "IPv6" ? (["IPv6", "IPv4"] as const) : (["IPv4", "IPv6"] as const);
  const fix: Fix = {
    kind: "decision",
    title: `Write family: ${other}`,
    edits: [family ? family.replace(other) : type.insertAfter(`family: ${other}`)],
  };
  const at = under(field.path, type);
  if (!isName(own, type.text) && isName(other, type.text)) {
    const message = `ICMP type ${type.text} not found in ${family?.text ?? "IPv4, the default"}: write family: ${other}`;
    yield { at, message, codes: ["CIL012"], fix };
  } else if (/^[a-z][\w -]*$/i.test(type.text) && !isName(own, type.text) && isFamily(family)) {
    yield { at, codes: ["CIL012"], ...unknown(type, own) };
  } else if (own === "IPv4" && /^\d+$/.test(type.text) && Number(type.text) >= 128) {
    const message = `type ${type.text} is ICMPv6, but without family: IPv6 it is taken for IPv4`;
    yield { at, message, severity: "warning", codes: ["CIL013"], fix };
  }
}

function isFamily(family: Field | undefined): boolean {
  return family === undefined || family.text === "IPv4" || family.text === "IPv6";
}

function isName(family: Family, text: string): boolean {
  return icmpNames[family].includes(text);
}

/** A name of neither family, which may be one in another spelling. */
function unknown(type: Field, family: Family): Pick<Report, "message" | "fix"> {
  const spelling = (text: string) => text.toLowerCase().replace(/[^a-z\d]/g, "");
  const meant = icmpNames[family].find((name) => spelling(name) === spelling(type.text ?? ""));
  return {
    message: `ICMP type ${type.text} not found in ${family}: write ${meant ?? "a name as in EchoRequest, or the number"}`,
    fix: meant === undefined ? undefined : { kind: "spelling", title: `Write ${meant}`, edits: [type.replace(meant)] },
  };
}
