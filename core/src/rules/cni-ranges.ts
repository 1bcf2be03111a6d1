import { bits, contains, formatAddress, formatPrefix, parseAddress } from "../addresses/address.ts";
import { spansOverlap } from "../addresses/span.ts";
import type { Report, Rule } from "../lint/rule.ts";
import { type HostLocalRange, hostLocalSets } from "../program-files/host-local.ts";

export const rule: Rule = {
  summary: "Ranges that host-local cannot hand out addresses from",
  why: `Each inner list of \`ranges\` is a set that gives a pod one address, so a set is of one family, and dual-stack is two sets:
\`[[{v4}], [{v6}]]\`. Ranges must not overlap, hold the addresses named in them, and be /30 or /126 at least.`,
  source: "https://www.cni.dev/plugins/current/ipam/host-local/",
  severity: "error",
  codes: ["CNI001", "CNI003", "CNI004", "CNI005"],
  kinds: ["CNIConfig"],
  example: {
    bad: attachment('[[{"subnet":"10.245.0.0/24"},{"subnet":"fd12:3456:789e::/64"}]]'),
    good: attachment('[[{"subnet":"10.245.0.0/24"}],[{"subnet":"fd12:3456:789e::/64"}]]'),
  },

  *check(config) {
    for (const sets of hostLocalSets(config)) {
      for (const [index, set] of sets.entries()) {
        yield* mixed(set, index);
        for (const range of set) yield* inside(range);
      }
      yield* overlapping(sets);
    }
  },
};

function* mixed(set: readonly HostLocalRange[], index: number): Iterable<Report> {
  const other = set.find(({ prefix }) => prefix.address.family !== set[0]?.prefix.address.family);
  const message = `invalid range set ${index}: mixed address families; write one inner list for each family`;
  if (other) yield { at: other.subnet, message, codes: ["CNI001"] };
}

function* inside({ field, subnet, prefix, first, last }: HostLocalRange): Iterable<Report> {
  const text = formatPrefix(prefix);
  if (prefix.length > bits(prefix.address.family) - 2) {
    yield { at: subnet, message: `Network ${text} too small to allocate from`, codes: ["CNI004"] };
    return;
  }
  for (const key of ["rangeStart", "rangeEnd", "gateway"]) {
    const at = field.get(key);
    const address = parseAddress(at?.text ?? "");
    if (!address || contains(prefix, address)) continue;
    const says =
      key === "gateway" ? `gateway ${at?.text} not in network ${text}` : `${at?.text} not in network ${text}`;
    yield { at, message: `${says}: write an address of it`, codes: ["CNI003"] };
  }
  if (contains(prefix, first) && contains(prefix, last) && first.value > last.value)
    yield {
      at: field.get("rangeEnd") ?? subnet,
      message: `${formatAddress(last)} is in network ${text} but before start ${formatAddress(first)}: swap them`,
      codes: ["CNI003"],
    };
}

function* overlapping(sets: readonly (readonly HostLocalRange[])[]): Iterable<Report> {
  for (const [index, set] of sets.entries()) {
    const twice = set.find((range, at) => set.slice(0, at).some((earlier) => spansOverlap(earlier, range)));
    if (twice) yield { at: twice.subnet, message: `subnets of range set ${index} overlap`, codes: ["CNI005"] };
    for (const [later, other] of sets.entries()) {
      const hit =
        later > index ? other.find((range) => set.some((earlier) => spansOverlap(earlier, range))) : undefined;
      if (hit) yield { at: hit.subnet, message: `range set ${index} overlaps with ${later}`, codes: ["CNI005"] };
    }
  }
}

function attachment(ranges: string): string {
  const ipam = `{"type":"host-local","ranges":${ranges}}`;
  return `apiVersion: k8s.cni.cncf.io/v1
kind: NetworkAttachmentDefinition
metadata:
  name: side
spec:
  config: '{"cniVersion":"1.0.0","name":"side","type":"bridge","ipam":${ipam}}'
`;
}
