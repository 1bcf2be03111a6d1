import { familyOf } from "../addresses/address.ts";
import type { Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "A route leads to a gateway of the other family",
  why: `A router of Kube-OVN, a machine of Talos and nmstate take a next hop of the destination's own family. Each family has a route of its
own, with its own gateway.`,
  source:
    "https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.machine.network.interfaces..routes.",
  severity: "error",
  kinds: ["Vpc", "TalosConfig", "NodeNetworkConfigurationPolicy"],
  groups: ["kubeovn.io", "nmstate.io", ""],
  mentions: [/nextHopIP|routes/],
  example: {
    bad: vpc("10.66.0.1"),
    good: vpc('"fd12:3456:789a::1"'),
  },

  *check(resource) {
    for (const { destination, gateway } of routesOf(resource)) {
      const [to, via] = [destination, gateway].map((field) => familyOf(field?.text ?? ""));
      if (to && via && to !== via)
        yield { at: gateway, message: `${gateway?.text} is ${via}, and the route to ${destination?.text} is ${to}` };
    }
  },
};

interface Route {
  readonly destination: Field | undefined;
  readonly gateway: Field | undefined;
}

function routesOf(resource: Resource): readonly Route[] {
  const read = (list: Field | undefined, destination: string, gateway: string) =>
    (list?.items() ?? []).map((route) => ({ destination: route.get(destination), gateway: route.get(gateway) }));
  switch (resource.kind) {
    case "Vpc":
      return read(resource.get("spec", "staticRoutes"), "cidr", "nextHopIP");
    case "TalosConfig": {
      const links = resource.get("machine", "network", "interfaces")?.items() ?? [];
      const all = links.flatMap((link) => [link, ...(link.get("vlans")?.items() ?? [])]);
      return all.flatMap((link) => read(link.get("routes"), "network", "gateway"));
    }
    default:
      return read(resource.get("spec", "desiredState", "routes", "config"), "destination", "next-hop-address");
  }
}

function vpc(gateway: string): string {
  return `apiVersion: kubeovn.io/v1
kind: Vpc
metadata:
  name: tenant
spec:
  staticRoutes:
    - cidr: "::/0"
      nextHopIP: ${gateway}
      policy: policyDst
`;
}
