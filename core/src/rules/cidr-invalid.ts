import { bits, parseAddress, parsePrefix } from "../addresses/address.ts";
import { addressMistake } from "../addresses/address-mistake.ts";
import type { FixKind, Report, Rule } from "../lint/rule.ts";
import { type Literal, literals } from "../literals/literal.ts";
import { likeAddress } from "../manifest/mentions.ts";

export const rule: Rule = {
  summary: "A CIDR that is none: no prefix length, or one out of range",
  why: `A field for a range takes \`address/length\`, the length 0 to 32 for IPv4 and 0 to 128 for IPv6. A single address
is its own range: \`/32\`, or \`/128\` for IPv6.`,
  source:
    "https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apimachinery/pkg/util/validation/ip.go",
  severity: "error",
  codes: ["IP005", "IP012", "SVC025", "KADM001"],
  kinds: ["*"],
  mentions: [likeAddress],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  loadBalancerSourceRanges: ["fd12:3456:789a::1"]
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  loadBalancerSourceRanges: ["fd12:3456:789a::1/128"]
`,
  },

  *check(resource) {
    for (const literal of literals(resource)) {
      const { wants, address, prefix, text, path, at } = literal;
      if (address || prefix || !(wants === "cidr" || (wants === "ip-or-cidr" && text.includes("/")))) continue;
      const { code, detail, fix } = diagnose(literal);
      yield {
        at,
        message: `${path.reader ?? "must be a valid CIDR value"}: ${detail}`,
        codes: path.code ? [code, path.code] : [code],
        severity: path.unchecked ? "warning" : "error",
        fix,
      };
    }
  },
};

function diagnose(literal: Literal): Pick<Report, "fix"> & { code: string; detail: string } {
  const { text } = literal;
  if (text === "" && literal.path.separator) {
    const fix: Report["fix"] = { kind: "spelling", title: "Remove the comma", edits: [literal.replace("")] };
    return { code: "IP005", detail: "empty entry; remove the comma", fix };
  }
  const address = parseAddress(text);
  if (address) {
    const whole = `${text}/${bits(address.family)}`;
    // A range to hand out addresses from is hardly one address: its length cannot be guessed.
    if (literal.path.range) return { code: "IP012", detail: "it is one address, add the length of the range" };
    return { code: "IP012", detail: `write ${whole} for this one address`, fix: into("decision", literal, whole) };
  }
  const bare = text.trim().replace(/^\[(.*)\]/, "$1");
  if (parsePrefix(bare)) return { code: "IP005", detail: `write ${bare}`, fix: into("spelling", literal, bare) };
  return { code: "IP005", detail: mistake(text) };
}

function mistake(text: string): string {
  const [address = "", length, ...rest] = text.split("/");
  const read = parseAddress(address);
  if (!read) return length === undefined ? "it is not address/length" : `its address ${addressMistake(address)}`;
  const most = bits(read.family);
  if (rest.length > 0 || !/^\d+$/.test(length ?? "")) return `write its length as a number from 0 to ${most}`;
  return `its length ${length} is above ${most}, the most for ${read.family}`;
}

function into(kind: FixKind, literal: Literal, text: string): Report["fix"] {
  return { kind, title: `Write ${text}`, edits: [literal.replace(text)] };
}
