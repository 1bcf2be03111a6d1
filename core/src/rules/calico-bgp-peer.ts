import { bits, familyOf, formatAddress, isOctalToLibc, parseAddress } from "../addresses/address.ts";
import { joinHostPort, splitHostPort } from "../addresses/host-port.ts";
import { calicoGroups } from "../kinds/calico-policy.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";

export const rule: Rule = {
  summary: "A BGP peer whose address, port or gateway cannot be read",
  why: `\`peerIP\` is a bare address (\`fd00::1\`), or an address with a port: \`10.0.0.1:179\` and, for IPv6, \`[fd00::1]:179\`. The
brackets belong to the port. \`reachableBy\` is a gateway of the same family.`,
  source: "https://docs.tigera.io/calico/latest/reference/resources/bgppeer",
  severity: "error",
  codes: ["CAL016", "CAL017"],
  kinds: ["BGPPeer"],
  groups: calicoGroups,
  example: {
    bad: `apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: edge
spec:
  peerIP: "[fd12:3456:789a::1]"
  asNumber: 64513
`,
    good: `apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: edge
spec:
  peerIP: "fd12:3456:789a::1"
  asNumber: 64513
`,
  },

  *check(peer) {
    const field = peer.get("spec", "peerIP");
    if (!field?.text || /\$[{(]/.test(field.text)) return;
    const wrong = mistake(field, field.text);
    if (wrong) {
      yield { at: field, codes: ["CAL016"], ...wrong };
      return;
    }
    const gateway = peer.get("spec", "reachableBy");
    const families = [splitHostPort(field.text)?.host, gateway?.text].map((text) => familyOf(text ?? ""));
    if (families[0] && families[1] && families[0] !== families[1])
      yield {
        at: gateway,
        message: `ReachableBy and PeerIP address family mismatched: peerIP is ${families[0]}`,
        codes: ["CAL017"],
      };
  },
};

const says = "failed to validate Field: PeerIP because of Tag: IP:port";

function mistake(field: Field, text: string): Pick<Report, "message" | "fix"> | undefined {
  const parts = splitHostPort(text);
  const address = parts && parseAddress(parts.host);
  if (!parts || !address)
    return { message: `${says}; write an address, or [address]:port`, fix: withoutLength(field, text) };
  if (parts.bracketed && parts.port === undefined)
    return {
      message: `${says}; brackets are for a port only`,
      fix: { kind: "spelling", title: "Remove the brackets", edits: [field.replace(parts.host)] },
    };
  // Go's net.ParseIP takes none.
  if (address.leadingZeros) {
    const host = formatAddress(address);
    const plain = parts.port === undefined ? host : joinHostPort(host, parts.port);
    const kind = isOctalToLibc(text) ? "decision" : "spelling";
    const fix: Report["fix"] = { kind, title: `Write ${plain}`, edits: [field.replace(plain)] };
    return { message: `${says}; write ${plain}, without leading 0s`, fix };
  }
  if (parts.port === undefined || (/^\d+$/.test(parts.port) && Number(parts.port) >= 1 && Number(parts.port) <= 65_535))
    return undefined;
  const usual = joinHostPort(parts.host, 179);
  return {
    message: `${says}; a port is 1 to 65535, BGP's is 179`,
    fix: { kind: "decision", title: `Write ${usual}`, edits: [field.replace(usual)] },
  };
}

function withoutLength(field: Field, text: string): Report["fix"] {
  const [host = "", length] = text.split("/");
  const address = parseAddress(host);
  return address && length === String(bits(address.family))
    ? { kind: "spelling", title: `Write ${host}`, edits: [field.replace(host)] }
    : undefined;
}
