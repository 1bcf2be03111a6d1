import { familyOf } from "../addresses/address.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "A rule of Kube-OVN's SecurityGroup is for one family and names an address of the other",
  why: `Kube-OVN writes \`ip4.src\` or \`ip6.src\` by \`ipVersion\`, and behind it the address as it stands. It checks that each can be read, not that
they fit: OVN takes no match in which they do not, and the rule lets nothing through.`,
  source: "https://github.com/kubeovn/kube-ovn/blob/master/pkg/ovs/ovn-nb-acl.go",
  severity: "error",
  kinds: ["SecurityGroup"],
  groups: ["kubeovn.io"],
  mentions: [/remoteAddress/],
  example: {
    bad: `apiVersion: kubeovn.io/v1
kind: SecurityGroup
metadata:
  name: web
spec:
  ingressRules:
    - ipVersion: ipv4
      policy: allow
      priority: 1
      protocol: tcp
      portRangeMin: 80
      portRangeMax: 80
      remoteType: address
      remoteAddress: fd12:3456:789a::/64
`,
    good: `apiVersion: kubeovn.io/v1
kind: SecurityGroup
metadata:
  name: web
spec:
  ingressRules:
    - ipVersion: ipv6
      policy: allow
      priority: 1
      protocol: tcp
      portRangeMin: 80
      portRangeMax: 80
      remoteType: address
      remoteAddress: fd12:3456:789a::/64
`,
  },

  *check(group) {
    for (const list of ["ingressRules", "egressRules"])
      for (const one of group.get("spec", list)?.items() ?? []) {
        const [version, address] = [one.get("ipVersion"), one.get("remoteAddress")];
        const family = familyOf(address?.text?.split("/")[0] ?? "");
        const wanted = family === "IPv4" ? "ipv4" : "ipv6";
        if (!family || !/^ipv[46]$/.test(version?.text ?? "") || version?.text === wanted) continue;
        const fix = {
          kind: "decision",
          title: `Write ipVersion: ${wanted}`,
          edits: [version?.replace(wanted)],
        } as const;
        yield {
          at: version,
          message: `this rule is for ${version?.text}, and ${address?.text} is ${family}: OVN takes no such match`,
          // What a rule was meant to shut stays open if the wrong half of it is believed.
          fix: one.get("policy")?.text === "allow" ? fix : undefined,
        };
      }
  },
};
