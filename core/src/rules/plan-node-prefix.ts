import { maskElsewhere } from "../facts/node-masks.ts";
import { clusterPlan, mentionsPlan, planKinds } from "../kinds/cluster-plan.ts";
import type { NodeMask } from "../kinds/node-mask.ts";
import type { PlannedPrefix } from "../kinds/planned-list.ts";
import type { Report, Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "The pods' range of an installer cannot be cut into one prefix a node",
  why: `The controller manager gives every node a prefix of the pods' range: a /24 of IPv4 and a /64 of IPv6, unless the installer or a
flag says otherwise. A range that is longer than a node's prefix lets it stop, and so does one that is more than 16 bits shorter,
since it counts at most 65,536 nodes. A range as long as the prefix holds one node.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/nodeipam/ipam/cidrset/cidr_set.go",
  severity: "error",
  codes: ["KCM004", "KCM005"],
  kinds: planKinds,
  mentions: [mentionsPlan],
  example: {
    bad: `cluster-cidr: 10.42.0.0/16,fd12:3456:789a:42::/112
service-cidr: 10.43.0.0/16,fd12:3456:789a:43::/112
`,
    good: `cluster-cidr: 10.42.0.0/16,fd12:3456:789a:4200::/56
service-cidr: 10.43.0.0/16,fd12:3456:789a:43::/112
`,
  },

  *check(config, world) {
    const plan = clusterPlan(config);
    for (const pods of plan?.pods?.prefixes ?? []) {
      const { family } = pods.prefix?.address ?? {};
      const own = family && plan?.nodeMask(family);
      const mask = own && config.kind === "Cluster" ? maskElsewhere(world, config, family, own) : own;
      const report = mask && judge(pods, mask);
      if (report) yield report;
    }
  },
};

function judge({ text, prefix, at }: PlannedPrefix, mask: NodeMask): Report | undefined {
  if (!prefix) return undefined;
  const { length } = prefix;
  const [family, most] = [prefix.address.family, Math.max(mask.length - 16, 0)];
  // Where the length of a node's prefix is written, it is one of the two to be changed.
  const advice = mask.at
    ? `write /${most} to /${mask.length - 1}, or change ${mask.key}`
    : `write /${most} to /${mask.length - 1}`;
  if (length > mask.length)
    return {
      at,
      codes: ["KCM005"],
      message: `${text} has no room for a node's /${mask.length}: ${advice}${mask.at ? "" : `, or set ${mask.key}`}`,
    };
  if (mask.length - length > 16)
    return {
      at,
      codes: ["KCM004"],
      message: `New CIDR set failed; the node CIDR size (/${mask.length}) is too big: ${advice}`,
    };
  if (length < mask.length || family === "IPv4") return undefined;
  return {
    at,
    codes: ["KCM005"],
    severity: "information",
    message: `room for one node: each gets a /${mask.length} of it; for more write /${most} to /${mask.length - 1}`,
  };
}
