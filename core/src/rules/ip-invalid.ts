import { bits, hasHostBits, parseAddress, parsePrefix } from "../addresses/address.ts";
import { addressMistake } from "../addresses/address-mistake.ts";
import type { FixKind, Report, Rule } from "../lint/rule.ts";
import { flagLiterals, type Literal, literals } from "../literals/literal.ts";
import { likeAddress } from "../manifest/mentions.ts";

export const rule: Rule = {
  summary: "An address that is none: brackets, a zone, a prefix length, a group too many",
  why: `A field for an address takes the bare address: no brackets (those belong to URLs and \`host:port\`), no zone
(\`%eth0\`: an interface means nothing to another node), no \`/64\`, no port and no name.`,
  source:
    "https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apimachinery/pkg/util/validation/ip.go",
  severity: "error",
  codes: ["IP001", "IP010", "IP011", "IP012", "KLT003", "CNI006"],
  kinds: ["*"],
  mentions: [likeAddress],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: "[fd00:10:96::10]"
  ipFamilies: [IPv6]
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: "fd00:10:96::10"
  ipFamilies: [IPv6]
`,
  },

  *check(resource) {
    for (const literal of [...literals(resource), ...flagLiterals(resource)]) {
      const { wants, address, prefix, text, path, at } = literal;
      if (address || prefix || !(wants === "ip" || (wants === "ip-or-cidr" && !text.includes("/")))) continue;
      const { code, detail, fix } = diagnose(literal);
      yield {
        at,
        message: `${path.reader ?? "must be a valid IP address"}: ${detail}`,
        codes: path.code ? [code, path.code] : [code],
        severity: path.unchecked ? "warning" : "error",
        fix,
      };
    }
  },
};

interface Diagnosis extends Pick<Report, "fix"> {
  readonly code: string;
  readonly detail: string;
}

function diagnose(literal: Literal): Diagnosis {
  const { text } = literal;
  const bare = /^\[(.*)\]$/.exec(text)?.[1];
  if (bare !== undefined && parseAddress(bare))
    return {
      code: "IP011",
      detail: `write ${bare} without brackets`,
      fix: into("spelling", literal, bare, "Remove the brackets"),
    };
  const [before, zone] = text.split("%");
  // A link-local address without its zone reaches nobody, so taking the zone away would only hide the mistake.
  if (before && zone && parseAddress(before))
    return { code: "IP010", detail: `a zone (%${zone}) cannot be expressed here, use a routable address` };
  const prefix = parsePrefix(text);
  if (prefix) {
    const address = text.slice(0, text.indexOf("/"));
    // The address of a network is none of a host: which one is meant cannot be guessed.
    const isWhole = prefix.length === bits(prefix.address.family);
    const kind = isWhole ? "spelling" : "decision";
    const fix = isWhole || hasHostBits(prefix) ? into(kind, literal, address, `Write ${address}`) : undefined;
    return { code: "IP012", detail: "it is a CIDR, write one address", fix };
  }
  const trimmed = text.trim();
  const fix = parseAddress(trimmed) ? into("spelling", literal, trimmed, "Remove the blanks") : undefined;
  return { code: "IP001", detail: `it ${addressMistake(text)}`, fix };
}

function into(kind: FixKind, literal: Literal, text: string, title: string): Report["fix"] {
  return { kind, title, edits: [literal.replace(text)] };
}
