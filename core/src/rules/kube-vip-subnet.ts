import { parseAddress } from "../addresses/address.ts";
import { containersOf, envOf } from "../kinds/containers.ts";
import { imageName } from "../kinds/runtime.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "kube-vip puts an IPv6 address on its interface with the prefix length of IPv4",
  why: `kube-vip adds each virtual address with the length that \`vip_subnet\` says, one for both families or one of each: \`32,128\`. With
\`32\` alone an IPv6 address is added as a /32, and the node takes all of that prefix for its own link. \`vip_cidr\` is read no longer.`,
  source: "https://kube-vip.io/docs/installation/flags/",
  severity: "warning",
  kinds: ["Pod", "DaemonSet", "Deployment"],
  mentions: [/vip_subnet|vip_cidr/],
  example: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: kube-vip
spec:
  containers:
    - name: kube-vip
      image: ghcr.io/kube-vip/kube-vip:v1.0.0
      env:
        - name: address
          value: 10.20.4.5,fd12:3456:789a::5
        - name: vip_subnet
          value: "32"
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: kube-vip
spec:
  containers:
    - name: kube-vip
      image: ghcr.io/kube-vip/kube-vip:v1.0.0
      env:
        - name: address
          value: 10.20.4.5,fd12:3456:789a::5
        - name: vip_subnet
          value: "32,128"
`,
  },

  *check(resource) {
    for (const container of containersOf(resource)) {
      if (imageName(container) !== "kube-vip") continue;
      const env = new Map(envOf(container).map((one) => [one.name, one]));
      const addresses = (env.get("address") ?? env.get("vip_address"))?.value?.text?.split(",") ?? [];
      const families = addresses.map((text) => parseAddress(text.trim())?.family);
      const subnet = env.get("vip_subnet")?.value;
      const cidr = env.get("vip_cidr");
      if (!families.includes("IPv6")) continue;
      const lengths = subnet?.text?.split(",").map((text) => text.trim().replace(/^\//, "")) ?? [];
      if (subnet && lengths.length === 1 && /^\d+$/.test(lengths[0] ?? "") && Number(lengths[0]) <= 32) {
        const both = families.includes("IPv4") ? `${lengths[0]},128` : "128";
        yield {
          at: subnet,
          message: `the IPv6 address is added as a /${lengths[0]}, all of it taken for the node's own link; write "${both}"`,
        };
      }
      if (cidr && !subnet)
        yield {
          at: cidr.entry.get("name"),
          message: 'vip_cidr is read no longer: write vip_subnet, "32,128" for both families',
        };
    }
  },
};
