import type { Shape } from "../addresses/shape.ts";

/** A `.kube-ipv6.yaml` to begin with: what is assumed, and in comments what else can be said. */
export function startingConfig({
  cluster,
  kubernetes,
}: {
  readonly cluster: Shape;
  readonly kubernetes: string;
}): string {
  return `# How kube-ipv6 judges the manifests of this folder and below, in every editor and on the command line.
kubernetes: "${kubernetes}"
cluster: ${cluster} # dual-v4, dual-v6, v4, v6 or unknown: the primary family first
# serviceCIDRs: [10.96.0.0/16, "fd00:10:96::/112"] # where Services get their addresses
# oneCluster: true # all files below belong to one cluster: their prefixes are held against each other
# exclude: ["examples/**"]
# rules:
#   documentation-prefix: "off"
`;
}
