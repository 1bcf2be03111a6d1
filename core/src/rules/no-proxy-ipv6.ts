import { familyOf } from "../addresses/address.ts";
import { lacks } from "../facts/service-ranges.ts";
import { givenTexts } from "../kinds/given-texts.ts";
import type { Rule } from "../lint/rule.ts";
import { podKinds } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "NO_PROXY names IPv4 networks only in a cluster with IPv6",
  why: `Requests to IPv6 addresses of pods and Services go to the proxy, which mostly cannot reach them. Add the cluster's IPv6
ranges beside the IPv4 ones; names (\`.svc\`, \`.cluster.local\`) hold for both families.`,
  source: "https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config",
  severity: "information",
  codes: ["ARG016"],
  kinds: podKinds,
  mentions: [/no_proxy/],
  example: {
    bad: pod("10.0.0.0/8,.svc,.cluster.local"),
    good: pod("10.0.0.0/8,fd12:3456:789a::/48,.svc,.cluster.local"),
    cluster: "dual-v4",
  },

  *check(resource, world) {
    if (world.cluster === "unknown" || lacks(world, "IPv6")) return;
    for (const { field, text, variable } of givenTexts(resource)) {
      if (variable?.toUpperCase() !== "NO_PROXY") continue;
      const networks = text.split(",").filter((part) => part.includes("/"));
      const families = networks.map((part) => familyOf(part.trim()));
      if (!families.includes("IPv4") || families.some((family) => family !== "IPv4")) continue;
      yield { at: field, message: "requests to IPv6 addresses of the cluster go to the proxy: add its IPv6 ranges" };
    }
  },
};

function pod(value: string): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: app
spec:
  containers:
    - name: app
      image: ghcr.io/acme/app:1
      env:
        - {name: NO_PROXY, value: "${value}"}
`;
}
