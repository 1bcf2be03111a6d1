/**
 * The definition of docs/parity.md once more, as plainly as it can be written: every address of the lattice of all prefixes, every
 * port that any policy names, every pod, each asked of `decide`. Slow, and nothing is left out or thought to be the same.
 */
import { type Family, formatAddress, lastAddress, network, parsePrefix } from "#core/addresses/address.ts";
import type { KubeObject } from "#core/cluster/cluster.ts";
import { decider, type PodEndpoint, type PolicyEndpoint, type Protocol, podsOf } from "#core/policy/policy.ts";

export type Verdicts = string;

export const flows: readonly (readonly [Protocol | "ping", number])[] = [
  ...(["TCP", "UDP"] as const).flatMap((protocol) =>
    [1, 52, 53, 54, 442, 443, 444, 5432, 8000, 8080, 8081].map((port) => [protocol, port] as const),
  ),
  ["SCTP", 1],
  ["ping", 0],
];

interface Range {
  readonly first: bigint;
  readonly last: bigint;
}

const range = (text: string): Range => {
  const prefix = parsePrefix(text) as NonNullable<ReturnType<typeof parsePrefix>>;
  return { first: network(prefix).address.value, last: lastAddress(prefix).value };
};
const within = (value: bigint, { first, last }: Range) => value >= first && value <= last;

/** `pod direction peer open protocol:port` for all that differs; the peer is a place, or `pod NAMESPACE/NAME`. */
export function truthOf(policies: readonly KubeObject[], others: readonly KubeObject[]): ReadonlySet<string> {
  const objects = [...policies, ...others];
  const judge = decider(objects);
  const pods = podsOf(others);
  const keys = new Set<string>();
  const cidrs = cidrsIn(policies);
  const ask = (pod: PodEndpoint, way: "ingress" | "egress", peer: PolicyEndpoint, family: Family): string =>
    flows
      .map(([protocol, port]) => {
        const ends = way === "egress" ? { from: pod, to: peer } : { from: peer, to: pod };
        const kind: Protocol = protocol !== "ping" ? protocol : family === "IPv4" ? "ICMP" : "ICMPv6";
        return judge({ ...ends, family, protocol: kind, ...(port > 0 ? { port } : {}) })[way].ruling[0];
      })
      .join("");
  const tell = (head: string, one: string, other: string) => {
    for (const [index, [protocol, port]] of flows.entries()) {
      const pair = `${one[index]}${other[index]}`;
      if (pair === "ad" || pair === "da") keys.add(`${head} ${pair === "ad" ? "IPv4" : "IPv6"} ${protocol}:${port}`);
    }
  };
  for (const pod of pods)
    for (const way of ["ingress", "egress"] as const) {
      const head = `${pod.namespace}/${pod.name} ${way}`;
      for (const peer of pods) {
        const [one, other] = [ask(pod, way, peer, "IPv4"), ask(pod, way, peer, "IPv6")];
        tell(`${head} pod ${peer.namespace}/${peer.name}`, one, other);
      }
      const relevant = cidrsOf(policies, pod, way);
      for (const place of placesOf(relevant)) {
        const atoms = (family: Family) => atomsIn(place[family], family, cidrs, place);
        const asked = (family: Family) =>
          atoms(family).map((atom) => ({
            ...atom,
            verdicts: ask(pod, way, { kind: "address", address: formatAddress({ family, value: atom.first }) }, family),
          }));
        for (const [one, other] of pairs(asked("IPv4"), asked("IPv6"), place, relevant))
          tell(`${head} ${place.name}`, one, other);
      }
    }
  return keys;
}

interface PlaceOf {
  readonly name: string;
  readonly IPv4: readonly string[];
  readonly IPv6: readonly string[];
  readonly without: readonly string[];
}

const special = ["0.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"];
const rfc1918 = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

function placesOf(cidrs: readonly string[]): PlaceOf[] {
  const meta4 = cidrs.some(
    (text) =>
      !text.includes(":") && Number(text.split("/")[1]) >= 16 && within(range("169.254.169.254/32").first, range(text)),
  );
  const meta6 = cidrs.some(
    (text) =>
      text.includes(":") && Number(text.split("/")[1]) > 8 && within(range("fd00:ec2::254/128").first, range(text)),
  );
  const meta = meta4 || meta6;
  const taken = meta ? ["169.254.169.254/32", "fd00:ec2::254/128"] : [];
  return [
    { name: "the Internet", IPv4: ["0.0.0.0/0"], IPv6: ["2000::/3"], without: [...rfc1918, ...special] },
    { name: "private and unique local addresses", IPv4: rfc1918, IPv6: ["fd00::/8"], without: taken },
    ...(meta
      ? [{ name: "the metadata service", IPv4: ["169.254.169.254/32"], IPv6: ["fd00:ec2::254/128"], without: [] }]
      : []),
  ];
}

/** The prefixes of the policies that select a pod in this direction. */
function cidrsOf(policies: readonly KubeObject[], pod: PodEndpoint, way: string): string[] {
  const texts = policies
    .filter((policy) => selectsPod(policy, pod))
    .flatMap(({ spec }) => [spec?.[way], spec?.[`${way}Deny`]]);
  return cidrsIn(texts);
}

function cidrsIn(value: unknown): string[] {
  return [...JSON.stringify(value).matchAll(/"([0-9a-f.:]+\/\d+)"/g)].map(([, text = ""]) => text);
}

/** The selectors that the generated sets use. */
function selectsPod({ metadata, spec, kind }: KubeObject, { namespace, labels }: PodEndpoint): boolean {
  if (metadata.namespace !== undefined && metadata.namespace !== namespace) return false;
  if (spec.subject) return spec.subject.namespaces !== undefined || labels.app === "web";
  if (typeof spec.selector === "string") return spec.selector === "all()" || labels.app === "web";
  const selector = kind?.startsWith("Cilium") ? spec.endpointSelector : spec.podSelector;
  const wanted = selector?.matchLabels?.app;
  return wanted === undefined || wanted === labels.app;
}

interface Asked extends Range {
  readonly block: string;
  readonly verdicts: Verdicts;
}

function atomsIn(blocks: readonly string[], family: Family, cidrs: readonly string[], { without }: PlaceOf) {
  const ofFamily = [...cidrs, ...without].filter((text) => text.includes(":") === (family === "IPv6")).map(range);
  const out = without.filter((text) => text.includes(":") === (family === "IPv6")).map(range);
  return blocks.flatMap((block) => {
    const whole = range(block);
    const starts = [...new Set([whole.first, ...ofFamily.flatMap(({ first, last }) => [first, last + 1n])])]
      .filter((value) => within(value, whole))
      .sort((a, b) => (a < b ? -1 : 1));
    return starts
      .map((first, index) => ({ block, first, last: (starts[index + 1] ?? whole.last + 1n) - 1n }))
      .filter(({ first }) => !out.some((one) => within(first, one)));
  });
}

/** The pairs of verdicts that have to be told, as docs/parity.md defines them. */
function pairs(
  four: readonly Asked[],
  six: readonly Asked[],
  place: PlaceOf,
  cidrs: readonly string[],
): [Verdicts, Verdicts][] {
  const size = ({ first, last }: Range) => last - first + 1n;
  const bulk = (atoms: readonly Asked[], block: string) => {
    const own = atoms.filter((atom) => atom.block === block);
    const sizes = new Map<Verdicts, bigint>();
    for (const atom of own) sizes.set(atom.verdicts, (sizes.get(atom.verdicts) ?? 0n) + size(atom));
    return [...sizes].sort(([, a], [, b]) => (a > b ? -1 : a < b ? 1 : 0))[0]?.[0] as Verdicts;
  };
  const holds = (outer: string, inner: string) =>
    within(range(inner).first, range(outer)) && within(range(inner).last, range(outer));
  const named = (block: string) =>
    cidrs.some(
      (cidr) =>
        !cidr.includes(":") &&
        holds(cidr, block) &&
        !place.IPv4.filter((b) => b !== block).every((b) => holds(cidr, b)),
    );
  const bulks4 = place.IPv4.map((block) => ({
    block,
    verdicts: bulk(four, block),
    named: place.IPv4.length > 1 && named(block),
  }));
  const bulk6 = bulk(six, place.IPv6[0] as string);
  const home4 = (bulks4.find((one) => one.named) ?? bulks4[0])?.verdicts as Verdicts;
  const apart4 = [
    ...new Set(four.filter((atom) => atom.verdicts !== bulk(four, atom.block)).map(({ verdicts }) => verdicts)),
  ];
  const apart6 = six.filter((atom) => atom.verdicts !== bulk6);
  const all6 = new Set(six.map(({ verdicts }) => verdicts));
  const sizeOf = (verdicts: Verdicts) =>
    apart6.filter((atom) => atom.verdicts === verdicts).reduce((sum, atom) => sum + size(atom), 0n);
  const broad6 = new Set([...all6].filter((one) => one === bulk6 || sizeOf(one) >= 1n << 64n));
  const all4 = new Set([...bulks4.map(({ verdicts }) => verdicts), ...apart4]);
  const told: [Verdicts, Verdicts][] = bulks4.some(({ verdicts }) => verdicts === bulk6) ? [] : [[home4, bulk6]];
  const left4 = [
    ...bulks4.filter((one) => one.named && !broad6.has(one.verdicts)).map(({ verdicts }) => verdicts),
    ...apart4.filter((verdicts) => !all6.has(verdicts)),
  ].filter((verdicts, index, all) => all.indexOf(verdicts) === index && !(told.length > 0 && verdicts === home4));
  const left6 = [...new Set(apart6.map(({ verdicts }) => verdicts).filter((verdicts) => !all4.has(verdicts)))];
  if (left4.length === 1 && left6.length === 1) return [...told, [left4[0] as string, left6[0] as string]];
  return [
    ...told,
    ...left4.map((one): [string, string] => [one, bulk6]),
    ...left6.map((one): [string, string] => [home4, one]),
  ];
}
