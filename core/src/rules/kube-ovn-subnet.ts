import { contains, type Prefix, parseAddress, parsePrefix } from "../addresses/address.ts";
import type { Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";

export const rule: Rule = {
  summary: "A Subnet of Kube-OVN whose gateway or excluded addresses do not fit its cidrBlock",
  why: `A dual-stack Subnet has a prefix of each family in \`cidrBlock\`, parted by a comma, and a gateway of each in \`gateway\`. An address
that is to be kept free has to lie inside: \`excludeIps\` outside of it keep nothing free.`,
  source: "https://kubeovn.github.io/docs/stable/en/guide/subnet/",
  severity: "error",
  kinds: ["Subnet"],
  groups: ["kubeovn.io"],
  example: {
    bad: `apiVersion: kubeovn.io/v1
kind: Subnet
metadata:
  name: tenant
spec:
  protocol: Dual
  cidrBlock: 10.66.0.0/16,fd12:3456:789a:66::/112
  gateway: 10.66.0.1
`,
    good: `apiVersion: kubeovn.io/v1
kind: Subnet
metadata:
  name: tenant
spec:
  protocol: Dual
  cidrBlock: 10.66.0.0/16,fd12:3456:789a:66::/112
  gateway: 10.66.0.1,fd12:3456:789a:66::1
`,
  },

  *check(subnet) {
    const parts = list(subnet.get("spec", "cidrBlock")?.text);
    const prefixes = parts.flatMap((text) => parsePrefix(text) ?? []);
    if (prefixes.length === 0 || prefixes.length < parts.filter((text) => text !== "").length) return;
    const gateway = subnet.get("spec", "gateway");
    const addresses = list(gateway?.text).flatMap((text) => parseAddress(text) ?? []);
    for (const prefix of addresses.length > 0 ? prefixes : []) {
      const own = addresses.find(({ family }) => family === prefix.address.family);
      if (!own)
        yield {
          at: gateway,
          message: `gateway has no ${prefix.address.family} address, and cidrBlock has both; add one`,
        };
      else if (!contains(prefix, own))
        yield { at: gateway, message: `the ${own.family} gateway lies outside of cidrBlock` };
    }
    for (const excluded of subnet.get("spec", "excludeIps")?.items() ?? [])
      if (isOutside(excluded, prefixes))
        yield {
          at: excluded,
          severity: "warning",
          message: `${excluded.text} lies outside of cidrBlock: it keeps nothing free`,
        };
  },
};

/** `10.66.0.1` or `10.66.0.1..10.66.0.10`; what cannot be read is not judged. */
function isOutside({ text = "" }: Field, prefixes: readonly Prefix[]): boolean {
  const ends = text.split("..").map((end) => parseAddress(end));
  return (
    ends.every((end) => end !== undefined) && ends.some((end) => !prefixes.some((prefix) => contains(prefix, end)))
  );
}

function list(text: string | undefined): readonly string[] {
  return text?.split(",") ?? [];
}
