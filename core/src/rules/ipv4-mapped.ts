import { formatAddress, isMapped, parsePrefix, unmapped } from "../addresses/address.ts";
import type { Rule } from "../lint/rule.ts";
import { hadBefore, isFixed, type Literal, literals, mistaken } from "../literals/literal.ts";
import { Field } from "../manifest/field.ts";
import { likeAddress } from "../manifest/mentions.ts";

export const rule: Rule = {
  summary: "An IPv4-mapped address is IPv4 for some and IPv6 for others",
  why: `\`::ffff:10.0.0.1\` is IPv4 for Go and Linux and IPv6 for whoever looks at the text, which was used to get past
filters. Kubernetes refuses it from 1.36 on (StrictIPCIDRValidation) and warned before. Write the IPv4 address.`,
  source:
    "https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apimachinery/pkg/util/validation/ip.go",
  severity: "warning",
  codes: ["IP003", "IP008"],
  kinds: ["*"],
  mentions: [likeAddress],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: "::ffff:10.96.0.10"
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: "10.96.0.10"
`,
  },

  *check(resource, world) {
    for (const literal of mistaken(literals(resource), isMistake)) {
      const { path, prefix, at, replace } = literal;
      const stays = hadBefore(literal, world.old(resource), resource);
      const plain = ipv4(literal);
      // cidr() in the rules of CRDs refuses a prefix like this, too: staging/src/k8s.io/apiserver/pkg/cel/library/cidr.go.
      const refused = path.byApiServer || (prefix && path.range !== "plan");
      yield {
        at,
        message: `must not ${prefix ? "have" : "be"} an IPv4-mapped IPv6 address${plain ? `; write ${plain}` : ""}`,
        codes: [prefix ? "IP008" : "IP003"],
        severity: refused && world.atLeast(36) && !stays ? "error" : "warning",
        fix:
          plain === undefined || (stays && isFixed(path)) || isOfIPv6Block(literal)
            ? undefined
            : { kind: "decision", title: `Write ${plain}`, edits: [replace(plain)] },
      };
    }
  },
};

function isMistake({ path, address, prefix }: Literal): boolean {
  const read = address ?? prefix?.address;
  return read !== undefined && isMapped(read) && !path.ownRule && !(path.strict && path.byApiServer);
}

/** A prefix shorter than /96 holds more than IPv4 and has no IPv4 form. */
function ipv4({ address, prefix }: Literal): string | undefined {
  if (address) return formatAddress(unmapped(address));
  return prefix && prefix.length >= 96 ? `${formatAddress(unmapped(prefix.address))}/${prefix.length - 96}` : undefined;
}

/** What an IPv6 block excepts has to be IPv6 itself. */
function isOfIPv6Block({ at }: Literal): boolean {
  const block = at instanceof Field ? at.parent?.parent : undefined;
  const cidr = at instanceof Field && at.parent?.step === "except" ? block?.get("cidr")?.text : undefined;
  const around = parsePrefix(cidr ?? "")?.address;
  return around?.family === "IPv6" && !isMapped(around);
}
