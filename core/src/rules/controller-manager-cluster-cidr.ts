import { type Family, parsePrefix } from "../addresses/address.ts";
import { type Flag, flagFiles, isOn, programFlags } from "../kinds/flags.ts";
import type { Report, Rule } from "../lint/rule.ts";
import { isPlaceholder } from "../literals/placeholder.ts";
import { isSingleOrDual, prefixesOf, type Subnet, subnetList } from "../literals/subnet-list.ts";
import { podKinds, type Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "The controller manager cannot cut the cluster CIDR into one prefix a node",
  why: `With --allocate-node-cidrs, every node gets a /24 of IPv4 and a /64 of IPv6, or what the mask flags say. The cluster
CIDR must not be smaller, and an IPv6 one at most 16 bits larger. Two are joined by a comma without a blank.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/nodeipam/ipam/cidrset/cidr_set.go",
  severity: "error",
  codes: ["KCM004", "KCM005", "KCM006"],
  kinds: [...podKinds, "ClusterConfiguration", ...flagFiles],
  mentions: [/cluster-cidr/],
  example: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: kube-controller-manager
  namespace: kube-system
spec:
  containers:
    - name: kube-controller-manager
      command:
        - kube-controller-manager
        - --allocate-node-cidrs=true
        - --cluster-cidr=fd12:3456::/40
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: kube-controller-manager
  namespace: kube-system
spec:
  containers:
    - name: kube-controller-manager
      command:
        - kube-controller-manager
        - --allocate-node-cidrs=true
        - --cluster-cidr=fd12:3456::/48
`,
  },

  *check(resource) {
    const flags = programFlags(resource, "kube-controller-manager");
    const at = flags?.get("cluster-cidr");
    const list = subnetList(at);
    const prefixes = prefixesOf(list);
    if (!flags || !at || !isAllocated(resource, flags) || list.length === 0) return;
    if (!prefixes) {
      yield* unreadable(at, list);
      return;
    }
    if (!isSingleOrDual(prefixes)) {
      const message =
        prefixes.length > 2
          ? `length of clusterCIDRs is: ${prefixes.length} more than max allowed of 2`
          : "len of ClusterCIDRs==2 and they are not configured as dual stack; name one of each family";
      yield { at, codes: ["KCM006"], message };
      return;
    }
    for (const [index, { address, length }] of prefixes.entries()) {
      const mask = maskOf(flags, address.family, prefixes.length === 2);
      if (length > mask)
        yield {
          at: list[index]?.at,
          codes: ["KCM005"],
          message: `Invalid --cluster-cidr, mask size of cluster CIDR must be less than or equal to --node-cidr-mask-size ${mask}`,
        };
      else if (address.family === "IPv6" && mask - length > 16)
        yield {
          at: list[index]?.at,
          codes: ["KCM004"],
          message: `New CIDR set failed; the node CIDR size is too big: /${mask} a node needs a cluster CIDR of /${mask - 16} or longer`,
        };
    }
  },
};

/** An installer turns it on with the range of the pods. */
function isAllocated(resource: Resource, flags: ReadonlyMap<string, Flag>): boolean {
  const said = flags.get("allocate-node-cidrs");
  return (
    isOn(said) || (!said && resource.kind === "ClusterConfiguration" && resource.root.has("networking", "podSubnet"))
  );
}

/** The parser stops at the first; blanks around the whole list are taken away before. */
function* unreadable(at: Flag, list: readonly Subnet[]): Iterable<Report> {
  if (isPlaceholder(at.text)) return;
  const parts = at.text.trim().split(",");
  const index = parts.findIndex((part) => !parsePrefix(part));
  const part = parts[index];
  if (part === undefined) return;
  const mendable = part === "" || parsePrefix(part.trim()) !== undefined;
  const advice = part === "" ? "remove the comma" : mendable ? "remove the blank" : "write address/length";
  const mended = parts.map((one) => one.trim()).filter((one) => one !== "");
  const fix: Report["fix"] = {
    kind: "spelling",
    title: `Write ${mended.join(",")}`,
    edits: [at.replace(mended.join(","))],
  };
  yield {
    // Of an empty part there is nothing to underline.
    at: part === "" ? at : list[index]?.at,
    codes: ["KCM006"],
    message: `failed to parse cidr value:"${part}"; ${advice}`,
    fix: mendable && mended.length > 0 ? fix : undefined,
  };
}

function maskOf(flags: ReadonlyMap<string, Flag>, family: Family, dual: boolean): number {
  const own = Number(flags.get(`node-cidr-mask-size-${family.toLowerCase()}`)?.text ?? 0);
  const single = dual ? 0 : Number(flags.get("node-cidr-mask-size")?.text ?? 0);
  return single || own || (family === "IPv6" ? 64 : 24);
}
