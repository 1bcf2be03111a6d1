import { ciliumPolicyKinds, ciliumRules } from "../manifest/cilium-policy.ts";
import type { Field } from "../manifest/field.ts";
import { under } from "../manifest/missing.ts";
import type { Report, Rule } from "../rule.ts";

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
  const fix = {
    title: `Write family: ${other}`,
    edits: [family ? family.replace(other) : type.insertAfter(`family: ${other}`)],
  };
  const at = under(field.path, type);
  if (!names[own].includes(type.text) && names[other].includes(type.text)) {
    const message = `ICMP type ${type.text} not found in ${family?.text ?? "IPv4, the default"}: write family: ${other}`;
    yield { at, message, codes: ["CIL012"], fix };
  } else if (own === "IPv4" && /^\d+$/.test(type.text) && Number(type.text) >= 128) {
    const message = `type ${type.text} is ICMPv6, but without family: IPv6 it is taken for IPv4`;
    yield { at, message, severity: "warning", codes: ["CIL013"], fix };
  }
}

const names = {
  IPv4: `EchoReply DestinationUnreachable Redirect Echo EchoRequest RouterAdvertisement RouterSelection TimeExceeded
ParameterProblem Timestamp TimestampReply Photuris ExtendedEchoRequest ExtendedEchoReply`.split(/\s/),
  IPv6: `DestinationUnreachable PacketTooBig TimeExceeded ParameterProblem EchoRequest EchoReply MulticastListenerQuery
MulticastListenerReport MulticastListenerDone RouterSolicitation RouterAdvertisement NeighborSolicitation
NeighborAdvertisement RedirectMessage RouterRenumbering ICMPNodeInformationQuery ICMPNodeInformationResponse
InverseNeighborDiscoverySolicitation InverseNeighborDiscoveryAdvertisement HomeAgentAddressDiscoveryRequest
HomeAgentAddressDiscoveryReply MobilePrefixSolicitation MobilePrefixAdvertisement ExtendedEchoRequest
ExtendedEchoReply`.split(/\s/),
} as const;
