import {
  contains,
  formatAddress,
  formatPrefix,
  hasHostBits,
  isMapped,
  type Prefix,
  parsePrefix,
} from "../addresses/address.ts";
import type { Rule } from "../lint/rule.ts";
import type { AddressPath } from "../literals/address-path.ts";
import { type Literal, literals, mistaken } from "../literals/literal.ts";
import type { Edit } from "../manifest/edit.ts";
import { likeAddress } from "../manifest/mentions.ts";

export const rule: Rule = {
  summary: "An IPv6 address that is not written in RFC 5952 form",
  why: `One address has many spellings and one canonical one: lower case, no leading zeros, the longest run of zeros as
\`::\`. Tools that compare text (\`grep\`, audit rules) miss the others. The API server warns of them in its own older fields; elsewhere,
where addresses are read as numbers, this is a hint.`,
  source: "https://www.rfc-editor.org/rfc/rfc5952",
  severity: "warning",
  codes: ["IP004", "IP009"],
  kinds: ["*"],
  mentions: [likeAddress],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: FD00:10:96:0::10
  ipFamilies: [IPv6]
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: fd00:10:96::10
  ipFamilies: [IPv6]
`,
  },

  *check(resource) {
    const hints: Literal[] = [];
    for (const literal of mistaken(literals(resource), isMistake)) {
      const { prefix, path, at } = literal;
      if (!path.strict && !warned(path)) {
        hints.push(literal);
        continue;
      }
      const canonical = canonicalText(literal) ?? literal.text;
      yield {
        at,
        message: path.strict
          ? `must be in canonical form ("${canonical}")`
          : `IPv6 ${prefix ? "CIDR value" : "address"} should be in RFC 5952 canonical format ("${canonical}")`,
        codes: [prefix ? "IP009" : "IP004"],
        severity: path.strict ? "error" : "warning",
        fix: { kind: "spelling", title: `Write ${canonical}`, edits: [rewritten(literal)] },
      };
    }
    const [first, ...more] = hints;
    if (!first) return;
    // Who writes one so writes the others so: said once of an object, and mended in all of it.
    const canonical = canonicalText(first) ?? first.text;
    const others = more.length === 0 ? "" : `, and ${more.length} more in this object`;
    yield {
      at: first.at,
      message: `the canonical text (RFC 5952) is ${canonical}; write it, so that a search finds it${others}`,
      codes: [first.prefix ? "IP009" : "IP004"],
      severity: "information",
      fix: { kind: "spelling", title: `Write ${canonical}${others}`, edits: hints.map(rewritten) },
    };
  },
};

function rewritten(literal: Literal): Edit | undefined {
  return literal.replace(canonicalText(literal) ?? literal.text);
}

function isMistake(literal: Literal): boolean {
  const { path, text } = literal;
  return !(path.strict && path.byApiServer) && (canonicalText(literal) ?? text) !== text;
}

/**
 * Only of fields of its own does the API server warn; elsewhere an address is read as a number, and nobody compares the text.
 * {@link https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apimachinery/pkg/util/validation/ip.go}
 */
function warned({ byApiServer, ownRule }: AddressPath): boolean {
  return byApiServer === true && !ownRule;
}

const compatible = parsePrefix("::/96") as Prefix;

/** undefined where another rule says more of the same literal: host bits, mapped and IPv4-compatible addresses. */
function canonicalText({ path, address, prefix, family, text }: Literal): string | undefined {
  const read = address ?? prefix?.address;
  if (!read || family !== "IPv6" || isMapped(read) || read.leadingZeros || prefix?.leadingZeros) return undefined;
  if (text.includes(".") && contains(compatible, address ?? (prefix as Prefix))) return undefined;
  if (prefix) return (path.subnet || path.masked) && hasHostBits(prefix) ? undefined : formatPrefix(prefix);
  return formatAddress(read);
}
