import { parseAddress } from "../addresses/address.ts";
import type { Rule } from "../lint/rule.ts";
import { isPlaceholder } from "../literals/placeholder.ts";
import { spellPath } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "An address of a Gateway is no IP address",
  why: `An address of type IPAddress, which is the default type, is a bare IPv4 or IPv6 address: no brackets, no prefix
length, no port. A dual-stack Gateway lists one of each.`,
  source: "https://gateway-api.sigs.k8s.io/reference/spec/#gatewayspecaddress",
  severity: "error",
  codes: ["GW001"],
  kinds: ["Gateway"],
  groups: ["gateway.networking.k8s.io"],
  example: {
    bad: `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: edge
spec:
  gatewayClassName: edge
  addresses:
    - type: IPAddress
      value: "[fd12:3456:789d::5]"
  listeners: []
`,
    good: `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: edge
spec:
  gatewayClassName: edge
  addresses:
    - type: IPAddress
      value: "fd12:3456:789d::5"
  listeners: []
`,
  },

  *check(gateway) {
    for (const address of gateway.get("spec", "addresses")?.items() ?? []) {
      const value = address.get("value");
      const type = address.get("type");
      if (!value?.text || isPlaceholder(value.text) || (type && type.text !== "IPAddress")) continue;
      const strict = parseAddress(value.text);
      if (strict && !strict.leadingZeros) continue;
      const bare = /^\[(.*)\]$/.exec(value.text)?.[1] ?? "";
      yield {
        at: { path: address.path, start: value.start, end: value.end },
        message: `"${spellPath(value.steps)}" must validate at least one schema (anyOf): write a bare IP address`,
        fix: parseAddress(bare)
          ? { kind: "spelling", title: "Remove the brackets", edits: [value.replace(bare)] }
          : undefined,
      };
    }
  },
};
