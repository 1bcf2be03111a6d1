import { formatAddress, isLinkLocal, isMapped, unmapped } from "../addresses/address.ts";
import { specialOf } from "../addresses/special-addresses.ts";
import { placedRangesOf } from "../facts/ranges.ts";
import type { Report, Rule } from "../lint/rule.ts";
import { literals } from "../literals/literal.ts";
import { likeAddress } from "../manifest/mentions.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "A backend or target that no packet can reach from elsewhere",
  why: `The unspecified address, loopback, link-local and multicast are no place to send a cluster's packets to: loopback
is whoever asks, link-local needs an interface that the field cannot name, and multicast is a group. The API server
refuses them in Endpoints, EndpointSlices and externalIPs. Nor is a link-local range one to hand out addresses from.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go",
  severity: "warning",
  codes: ["IP016", "IP017", "IP018"],
  kinds: ["*"],
  mentions: [likeAddress],
  example: {
    bad: `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ledger-1
  labels:
    kubernetes.io/service-name: ledger
addressType: IPv6
endpoints:
  - addresses: ["fe80::9"]
`,
    good: `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ledger-1
  labels:
    kubernetes.io/service-name: ledger
addressType: IPv6
endpoints:
  - addresses: ["fd12:3456:789a::9"]
`,
  },

  *check(resource, world) {
    for (const { path, address: written, at } of literals(resource)) {
      // An IPv4-mapped address is refused as such, or was taken for the IPv4 address in it before that.
      if (!path.role || !written || (isMapped(written) && (!path.byApiServer || world.atLeast(36)))) continue;
      const address = unmapped(written);
      const range = specialOf(address);
      if (!range || (path.role !== "backend" && range.alsoMeant?.(address, path.role))) continue;
      const link = range.code === "IP016" ? path.interface : undefined;
      if (link && resource.get(...link)) continue;
      const instead = link ? `${range.instead}, or name ${link.join(".")}` : range.instead;
      const refused = path.role === "backend" && range.refused;
      yield {
        at,
        message: refused
          ? `may not be ${range.refused?.(address)}; ${range.instead}`
          : `${formatAddress(address)} is ${range.what}; ${instead}`,
        codes: [range.code],
        severity: refused ? "error" : "warning",
      };
    }
    yield* linkLocalRanges(resource);
  },
};

/** Of an IPPool, Calico itself refuses it: calico-pool-size. */
function* linkLocalRanges(resource: Resource): Iterable<Report> {
  if (resource.kind === "IPPool") return;
  for (const { role, text, at, span } of placedRangesOf(resource))
    if (role !== "plan" && isLinkLocal(span.first) && isLinkLocal(span.last))
      yield { at, message: `${text} is link-local, valid on one link only; use a routable range`, codes: ["IP016"] };
}
