import { clusterOf, lacks } from "../facts/service-ranges.ts";
import { containersOf } from "../kinds/containers.ts";
import type { Rule } from "../lint/rule.ts";
import { podKinds } from "../manifest/resource.ts";
import { registriesWithoutIPv6, registryOf } from "../readiness/registries.ts";

export const rule: Rule = {
  summary: "An image of a registry that has no IPv6 address, where nodes may have IPv6 alone",
  why: `The node pulls an image, over the addresses that it has. Of some registries nobody has seen an AAAA record: a node without IPv4 gets
their images through a mirror, a cache, a proxy or NAT64 only. The table is short and dated, and the registry may have changed since, so that
it is a hint, and only where a cluster has no IPv4.`,
  source: "https://kubernetes.io/docs/concepts/containers/images/",
  severity: "information",
  kinds: podKinds,
  mentions: [/ghcr\.io|reg\.kyverno\.io/],
  example: {
    cluster: "v6",
    bad: pod("ghcr.io/acme/app:1"),
    good: pod("quay.io/acme/app:1"),
  },

  *check(resource, world) {
    if (clusterOf(world) !== "v6" && !lacks(world, "IPv4")) return;
    for (const container of containersOf(resource)) {
      const image = container.get("image");
      const registry = registryOf(image?.text ?? "");
      const known = Object.hasOwn(registriesWithoutIPv6, registry) ? registriesWithoutIPv6[registry] : undefined;
      if (known)
        yield {
          at: image,
          message: `no AAAA record of ${registry} was seen in ${known.seen}: nodes without IPv4 need a mirror, a proxy or NAT64`,
        };
    }
  },
};

function pod(image: string): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: app
spec:
  containers:
    - name: app
      image: ${image}
`;
}
