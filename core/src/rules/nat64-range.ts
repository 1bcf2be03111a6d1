import { overlaps, type Prefix, parsePrefix } from "../addresses/address.ts";
import type { Rule } from "../lint/rule.ts";
import { literals } from "../literals/literal.ts";
import { likeAddress } from "../manifest/mentions.ts";

export const rule: Rule = {
  summary: "A range to hand out addresses from inside NAT64's well-known prefix",
  why: `Every address of 64:ff9b::/96 stands for the IPv4 address in its last 32 bits: DNS64 makes them up and a NAT64 gateway
translates them, Cilium's among others. A pod or Service with such an address is unreachable wherever NAT64 is in use.`,
  source: "https://www.rfc-editor.org/rfc/rfc6052#section-2.1",
  severity: "warning",
  codes: ["IP021"],
  kinds: ["*"],
  mentions: [likeAddress],
  example: {
    bad: `apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata:
  name: second
spec:
  cidrs: ["64:ff9b::/112"]
`,
    good: `apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata:
  name: second
spec:
  cidrs: ["fd5e:81f0:9a3c::/112"]
`,
  },

  *check(resource) {
    for (const { path, prefix, text, at } of literals(resource)) {
      // A prefix as short as this is about everything, and is no range to hand out addresses from.
      if (path.range === undefined || !prefix || prefix.length < 16 || !overlaps(prefix, wellKnown)) continue;
      yield { at, message: `${text} overlaps NAT64's 64:ff9b::/96, which means IPv4 addresses; use another prefix` };
    }
  },
};

const wellKnown = parsePrefix("64:ff9b::/96") as Prefix;
