import { type Prefix, parsePrefix } from "../addresses/address.ts";
import { type CiliumConfig, ciliumConfig } from "../kinds/cilium-config.ts";
import { mentionsCilium } from "../kinds/cilium-values.ts";
import type { Report, Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "More node ranges in a Cilium pool than the operator can count",
  why: `The operator keeps a bit for every node's range, 65,536 of them at most: a node's mask is no more than 16 bits longer than
the pool. A /48 with a mask of 120 is refused; a /104 with 120, or a /48 with 64, is fine. The mask is 112 when left out.`,
  source: "https://docs.cilium.io/en/stable/network/concepts/ipam/cluster-pool/",
  severity: "error",
  codes: ["CIL008"],
  kinds: ["ConfigMap", "HelmValues"],
  groups: [""],
  mentions: [mentionsCilium],
  example: {
    bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: cilium-config
data:
  cluster-pool-ipv6-cidr: fd12:3456:789a::/64
  cluster-pool-ipv6-mask-size: "120"
`,
    good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: cilium-config
data:
  cluster-pool-ipv6-cidr: fd12:3456:789a::/104
  cluster-pool-ipv6-mask-size: "120"
`,
  },

  *check(resource) {
    const config = ciliumConfig(resource);
    for (const version of ["ipv4", "ipv6"]) {
      const key = `cluster-pool-${version}-mask-size`;
      const mask = config?.text(key);
      const pools = (config?.text(`cluster-pool-${version}-cidr`) ?? "").split(/[\s,]+/).map(parsePrefix);
      const wrong = pools.find((pool) => pool && !fits(pool, Number(mask ?? Number.NaN)));
      if (mask === undefined && version === "ipv6") yield* withoutMask(config, pools);
      if (mask === undefined || !wrong || config?.text("ipam") === "kubernetes") continue;
      const says = "New CIDR set failed; the node CIDR size is too big";
      const [least, most] = [wrong.length, wrong.length + 16];
      yield {
        at: config?.get(key) ?? config?.get(`cluster-pool-${version}-cidr`),
        message: `${says}: a pool of /${wrong.length} takes a mask of ${least} to ${most}`,
      };
    }
  },
};

/** Only where the operator surely cuts the pool up for nodes. */
function* withoutMask(config: CiliumConfig | undefined, pools: readonly (Prefix | undefined)[]): Iterable<Report> {
  const at = config?.get("cluster-pool-ipv6-cidr");
  const wrong = pools.find((pool) => pool?.address.family === "IPv6" && !fits(pool, 112));
  if (!config?.lacks("cluster-pool-ipv6-mask-size") || !config.on("enable-ipv6") || !at || !wrong) return;
  if (config.text("ipam") !== "cluster-pool") return;
  const says = "New CIDR set failed; the node CIDR size is too big";
  yield { at, message: `${says}: cluster-pool-ipv6-mask-size is 112 when left out, and this pool a /${wrong.length}` };
}

function fits({ length }: Prefix, mask: number): boolean {
  return Number.isNaN(mask) || (mask >= length && mask <= length + 16);
}
