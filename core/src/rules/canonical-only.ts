import { formatAddress, formatPrefix, hasHostBits, isMapped, isOctalToLibc, unmapped } from "../addresses/address.ts";
import { readingsOf } from "../addresses/prefix-readings.ts";
import type { FixKind, Rule } from "../lint/rule.ts";
import { type Literal, literals } from "../literals/literal.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "EndpointSlices and ServiceCIDRs take canonical text only",
  why: `These fields are younger than the lenient ones: in every version they take IPv6 addresses only as RFC 5952 writes
them, and ranges without bits behind the prefix length.`,
  source: "https://www.rfc-editor.org/rfc/rfc5952",
  severity: "error",
  codes: ["EPS003", "SCIDR004"],
  kinds: ["EndpointSlice", "ServiceCIDR"],
  groups: ["discovery.k8s.io", "networking.k8s.io"],
  example: {
    bad: `apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata:
  name: second
spec:
  cidrs: ["FD12:3456:789a:1::/112"]
`,
    good: `apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata:
  name: second
spec:
  cidrs: ["fd12:3456:789a:1::/112"]
`,
  },

  *check(resource, world) {
    const slice = resource.kind === "EndpointSlice";
    const stays = slice && world.atLeast(36) && isUnchanged(resource, world.old(resource));
    if (slice && resource.get("addressType")?.text === "IPv4") return;
    for (const literal of literals(resource)) {
      if (slice && literal.family === "IPv4") continue;
      const found = judge(literal);
      if (!found || found.texts[0] === literal.text) continue;
      yield {
        at: literal.at,
        message: found.message,
        codes: [slice ? "EPS003" : "SCIDR004"],
        ...(stays ? { severity: "warning" } : {}),
        fix: found.texts.flatMap((text) =>
          found.kind ? [{ kind: found.kind, title: `Write ${text}`, edits: [literal.replace(text)] }] : [],
        ),
      };
    }
  },
};

/** An update that leaves all endpoints alone is not asked about their addresses again (KEP-4858). */
function isUnchanged(slice: Resource, old: Resource | undefined): boolean {
  const [is, was] = [slice, old].map((one) => JSON.stringify(one?.get("endpoints")?.toJSON()));
  return old !== undefined && is === was;
}

/** `kind`: of the fix, if there is one. */
interface Judgement {
  readonly message: string;
  /** What may be meant, the likeliest first. */
  readonly texts: readonly string[];
  readonly kind?: FixKind;
}

function judge({ address, prefix, text: written }: Literal): Judgement | undefined {
  const read = address ?? prefix?.address;
  if (!read) return undefined;
  if (isMapped(read)) {
    const plain = formatAddress(unmapped(read));
    // In a slice for IPv6 an IPv4 address would be the next mistake.
    return { message: `must not be an IPv4-mapped IPv6 address; it is ${plain}`, texts: [plain] };
  }
  if (prefix && hasHostBits(prefix)) {
    const { network, longer } = readingsOf(prefix);
    const texts = network === undefined ? longer : [network];
    const why = network === undefined ? "the length is wrong, " : "";
    return {
      message: `must not have bits set beyond the prefix length; ${why}use ${texts[0]}`,
      texts,
      kind: "decision",
    };
  }
  const text = prefix ? formatPrefix(prefix) : formatAddress(read);
  return {
    message: `must be in canonical form ("${text}")`,
    texts: [text],
    kind: isOctalToLibc(written) ? "decision" : "spelling",
  };
}
