import { type Family, formatPrefix, network, overlaps, type Prefix, parsePrefix } from "../addresses/address.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";

export const rule: Rule = {
  summary: "A Calico pool whose blocks do not fit, or that lies in link-local space",
  why: `Calico hands each node blocks of a pool: /26 for IPv4 and /122 for IPv6 when nothing is said. A block is 20 to 32 or 116
to 128 bits long, whatever size a node's subnet has elsewhere (/64 is the classic mistake), and the pool must hold one.`,
  source: "https://docs.tigera.io/calico/latest/reference/resources/ippool",
  severity: "error",
  codes: ["CAL004", "CAL005", "CAL006", "TIG002"],
  kinds: ["IPPool", "Installation"],
  groups: ["projectcalico.org", "crd.projectcalico.org", "operator.tigera.io"],
  example: {
    bad: `apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: pods
spec:
  cidr: fd12:3456:789a::/56
  blockSize: 64
  natOutgoing: true
`,
    good: `apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: pods
spec:
  cidr: fd12:3456:789a::/56
  blockSize: 122
  natOutgoing: true
`,
  },

  *check(resource) {
    const pools = resource.get("spec", "calicoNetwork", "ipPools")?.items() ?? [resource.get("spec")];
    for (const pool of pools) {
      const cidr = pool?.get("cidr");
      const prefix = parsePrefix(cidr?.text ?? "");
      if (!pool || !cidr || !prefix) continue;
      const wrong = blockMistake(pool, prefix.address.family);
      if (wrong) yield wrong;
      else yield* poolMistakes(pool, cidr, prefix);
    }
  },
};

const limits = { IPv4: { least: 20, most: 32, usual: 26 }, IPv6: { least: 116, most: 128, usual: 122 } } as const;

function blockMistake(pool: Field, family: Family): Report | undefined {
  const size = pool.get("blockSize");
  const { least, most, usual } = limits[family];
  if (!size?.integer || (size.integer >= least && size.integer <= most)) return undefined;
  const operator = `${family} pool block size must be greater than ${least - 1} and less than or equal to ${most}`;
  const calico = "blockSize must be between 20 and 32 for IPv4 pools, and between 116 and 128 for IPv6 pools";
  return {
    at: size,
    message: pool.resource.kind === "IPPool" ? calico : `${operator}: ${usual} is usual`,
    codes: [pool.resource.kind === "IPPool" ? "CAL006" : "TIG002"],
    fix: { kind: "decision", title: `Write ${usual}`, edits: [size.replaceBare(usual)] },
  };
}

const linkLocal = [parsePrefix("fe80::/10"), parsePrefix("169.254.0.0/16")] as readonly Prefix[];

function* poolMistakes(pool: Field, cidr: Field, prefix: Prefix): Iterable<Report> {
  const { family } = prefix.address;
  const operator = pool.resource.kind === "Installation";
  const range = linkLocal.find((candidate) => !operator && overlaps(candidate, network(prefix)));
  if (range) {
    const says = `IPPool CIDR overlaps with ${family} link local range ${formatPrefix(range)}`;
    yield { at: cidr, message: `${says}: use a routable prefix`, codes: ["CAL004"] };
  }
  const block = pool.has("blockSize") ? pool.get("blockSize")?.integer || undefined : limits[family].usual;
  const disabled = pool.get("disabled");
  const inUse = disabled ? disabled.boolean === false : !pool.resource.partial;
  if (range || block === undefined || prefix.length <= block || !inUse) return;
  const says = `IP pool size is too small${operator ? "" : " for use with Calico IPAM"}`;
  const message = `${says}. It must be equal to or greater than the block size, /${block}`;
  yield { at: cidr, message, codes: [operator ? "TIG002" : "CAL005"] };
}
