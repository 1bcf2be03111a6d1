import { formatAddress, formatPrefix, isMapped, isOctalToLibc } from "../addresses/address.ts";
import type { Rule } from "../lint/rule.ts";
import { hadBefore, isFixed, type Literal, literals, mistaken } from "../literals/literal.ts";
import { likeAddress } from "../manifest/mentions.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "Leading zeros: decimal for Go, octal for libc",
  why: `\`010.0.0.5\` is 10.0.0.5 for Go and 8.0.0.5 for libc, so two programs that read the same manifest reach different
hosts. Kubernetes refuses it from 1.36 on (StrictIPCIDRValidation) and warned before; Calico, Cilium, MetalLB, flannel and CNI
plugins read addresses as Go itself does and refuse it in every version. Ask which of the two was meant.`,
  source:
    "https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apimachinery/pkg/util/validation/ip.go",
  severity: "warning",
  codes: ["IP002", "IP007"],
  kinds: ["*"],
  mentions: [likeAddress],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: 10.096.0.10
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: 10.96.0.10
`,
  },

  *check(resource, world) {
    for (const literal of mistaken(literals(resource), (one) => whereZeros(one, resource))) {
      const { path, address, prefix, text, at, replace } = literal;
      const stays = hadBefore(literal, world.old(resource), resource);
      const refused = path.byGo
        ? whereZeros(literal, resource) === "octet"
        : path.byApiServer && world.atLeast(36) && !stays;
      const plain = prefix ? formatPrefix(prefix) : address ? formatAddress(address) : "";
      yield {
        at,
        message: prefix
          ? `must not have leading 0s in IP or prefix length; use ${plain} if that is meant`
          : `must not have leading 0s; use ${plain} if that is meant, libc reads them as octal`,
        codes: [prefix ? "IP007" : "IP002"],
        severity: refused ? "error" : "warning",
        fix:
          stays && isFixed(path)
            ? undefined
            : { kind: isOctalToLibc(text) ? "decision" : "spelling", title: `Write ${plain}`, edits: [replace(plain)] },
      };
    }
  },
};

/** undefined also where another rule says it. */
function whereZeros({ path, address, prefix, family }: Literal, { kind }: Resource): "octet" | "length" | undefined {
  // Of an EndpointSlice only IPv6 addresses have to be canonical, see canonical-only.
  if (path.ownRule || (path.strict && path.byApiServer && !(kind === "EndpointSlice" && family === "IPv4")))
    return undefined;
  const read = address ?? prefix?.address;
  // That an address is IPv4-mapped is said by a rule of its own, whose fix takes the zeros away as well.
  if (!read || isMapped(read)) return undefined;
  return read.leadingZeros ? "octet" : prefix?.leadingZeros ? "length" : undefined;
}
