import { type Family, familyOf, otherFamily, parsePrefix } from "../addresses/address.ts";
import type { Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";

export const rule: Rule = {
  summary: "A CNI configuration hands out addresses of a family and no default route for it",
  why: `The IPAM plugin gives a pod its addresses and the \`routes\` that stand beside them, and nothing else: with \`0.0.0.0/0\` alone the pod
has an IPv6 address and no way out over it. A bridge with \`isDefaultGateway: true\` adds a default route for each family by itself.`,
  source: "https://www.cni.dev/plugins/current/ipam/host-local/",
  severity: "information",
  kinds: ["CNIConfig"],
  mentions: [/routes/],
  example: {
    bad: conflist('{"dst":"0.0.0.0/0"}'),
    good: conflist('{"dst":"0.0.0.0/0"},{"dst":"::/0"}'),
  },

  *check(config) {
    for (const plugin of [config.root, ...(config.get("plugins")?.items() ?? [])]) {
      const ipam = plugin.get("ipam");
      if (!ipam || plugin.get("isDefaultGateway")?.boolean === true) continue;
      const routes = (ipam.get("routes")?.items() ?? []).flatMap((route) => route.get("dst") ?? []);
      const found = routes.find(({ text }) => parsePrefix(text ?? "")?.length === 0);
      const family = familyOf(found?.text ?? "");
      const other = family && otherFamily(family);
      // Routes to single networks of the other family are a choice.
      if (!found || !other || routes.some(({ text }) => text === undefined || familyOf(text) === other)) continue;
      if (handsOut(ipam).includes(other))
        yield {
          at: found,
          message: `pods get ${other} addresses and no ${other} way out: add a route to ${other === "IPv6" ? "::/0" : "0.0.0.0/0"}`,
        };
    }
  },
};

function handsOut(ipam: Field): readonly (Family | undefined)[] {
  const sets = ipam.get("ranges")?.items() ?? [];
  const holders = [ipam, ...sets.flatMap((set) => set.items()), ...(ipam.get("ipRanges")?.items() ?? [])];
  const texts = [
    ...holders.flatMap((holder) => [holder.get("subnet")?.text, holder.get("range")?.text]),
    ...(ipam.get("addresses")?.items() ?? []).map((one) => one.get("address")?.text),
  ];
  return texts.map((text) => familyOf((text ?? "").replace(/^.*-/, "")));
}

function conflist(routes: string): string {
  const ranges = '[[{"subnet":"10.244.3.0/24"}],[{"subnet":"fd12:3456:789e::/64"}]]';
  const ipam = `{"type":"host-local","ranges":${ranges},"routes":[${routes}]}`;
  return `apiVersion: k8s.cni.cncf.io/v1
kind: NetworkAttachmentDefinition
metadata:
  name: storage
spec:
  config: '{"cniVersion":"0.3.1","name":"storage","type":"bridge","ipam":${ipam}}'
`;
}
