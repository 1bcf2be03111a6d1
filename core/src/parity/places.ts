/** What an address outside the cluster stands for, in both families: the ranges whose counterparts are known. */
import { contains, type Family, formatPrefix, type Prefix, parsePrefix } from "../addresses/address.ts";
import { type Span, spanOfPrefix } from "../addresses/span.ts";

/** Two ranges that are each other's counterpart, as `.kube-ipv6.yaml` declares them. */
export type Counterpart = Readonly<Record<Family, string>>;

/** Ranges of both families with one role. */
export interface ParityPlace {
  readonly name: string;
  /** Each a set of spans with a bulk of its own; all blocks of one family have the same role. */
  readonly blocks: Readonly<Record<Family, readonly Block[]>>;
  /** Addresses that people know, to be shown if they are in the region in question. */
  readonly known: Readonly<Record<Family, string>>;
}

export interface Block {
  readonly name: string;
  readonly spans: readonly Span[];
}

/** What is compared with what where nobody declared it: of other ranges no counterpart is known. */
const internet: Counterpart = { IPv4: "0.0.0.0/0", IPv6: "2000::/3" };
/** RFC 1918 */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
/** RFC 4193: the other half of fc00::/7 is not defined. */
const uniqueLocal = "fd00::/8";
/** Shared, loopback, link-local, multicast and reserved ranges, the network 0 among them: IANA's registry of special-purpose addresses. */
const apart = ["0.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"];

/**
 * Where clouds answer for the metadata of a machine: over IPv4 at one address, over IPv6 at one of their own.
 * {@link https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html},
 * {@link https://cloud.google.com/compute/docs/metadata/querying-metadata}
 */
const metadata = { IPv4: "169.254.169.254/32", IPv6: ["fd00:ec2::254/128", "fd20:ce::254/128"] } as const;

/** Which prefix has the role of another one in the other family; empty if nobody knows. */
export function twinsOf(text: string, declared: readonly Counterpart[]): readonly string[] {
  const prefix = parsePrefix(text);
  if (!prefix) return [];
  const own = formatPrefix(prefix);
  const other = prefix.address.family === "IPv4" ? "IPv6" : "IPv4";
  for (const pair of declared) if (sameRange(pair[prefix.address.family], prefix)) return [pair[other]];
  if (own === "0.0.0.0/0" || own === "::/0") return own === "::/0" ? ["0.0.0.0/0"] : ["::/0"];
  if (own === "2000::/3") return ["0.0.0.0/0"];
  if (privateRanges.includes(own)) return ["fc00::/7"];
  if (own === "fc00::/7" || own === uniqueLocal) return privateRanges;
  if (own === metadata.IPv4) return [metadata.IPv6[0]];
  return metadata.IPv6.some((one) => one === own) ? [metadata.IPv4] : [];
}

/** The places there are for policies that name these prefixes. */
export function placesFor(nets: readonly Prefix[], declared: readonly Counterpart[]): readonly ParityPlace[] {
  const ours = declared.map((pair) => placeOf(`${pair.IPv4} and ${pair.IPv6}`, pair));
  const meta = metadataPlace(nets);
  const own = [...ours, ...(meta ? [meta] : [])];
  const known = {
    internet: { IPv4: "8.8.8.8", IPv6: "2001:4860:4860::8888" },
    private: { IPv4: "10.0.0.1", IPv6: "fd12:3456:789a:1::1" },
  };
  const outside = { IPv4: [...privateRanges, ...apart], IPv6: [] };
  return [
    ...own.map((place, index) => without(place, own.slice(0, index))),
    without(placeOf("the Internet", internet, known.internet, outside), own),
    without(
      {
        name: "private and unique local addresses",
        blocks: { IPv4: privateRanges.map((range) => block(range)), IPv6: [block(uniqueLocal)] },
        known: known.private,
      },
      own,
    ),
  ];
}

/** It counts where somebody speaks of it: else it is one link-local address among others. */
function metadataPlace(nets: readonly Prefix[]): ParityPlace | undefined {
  const [server4, servers6] = [prefix(metadata.IPv4), metadata.IPv6.map(prefix)];
  const named6 = servers6.filter((one) => nets.some((net) => net.length > 8 && contains(net, one)));
  const named4 = nets.some((net) => net.length >= 16 && contains(net, server4));
  if (!named4 && named6.length === 0) return undefined;
  const [first = servers6[0] as Prefix] = named6;
  return placeOf("the metadata service", { IPv4: metadata.IPv4, IPv6: formatPrefix(first) });
}

function placeOf(
  name: string,
  pair: Counterpart,
  known: ParityPlace["known"] = { IPv4: "", IPv6: "" },
  outside: Readonly<Record<Family, readonly string[]>> = { IPv4: [], IPv6: [] },
): ParityPlace {
  const blocks = (family: Family) => [block(pair[family], outside[family])];
  return { name, blocks: { IPv4: blocks("IPv4"), IPv6: blocks("IPv6") }, known };
}

function block(range: string, outside: readonly string[] = []): Block {
  return { name: range, spans: subtract([spanOfPrefix(prefix(range))], outside.map(prefix).map(spanOfPrefix)) };
}

function without(place: ParityPlace, others: readonly ParityPlace[]): ParityPlace {
  const rest = (family: Family) => {
    const taken = others.flatMap((other) => other.blocks[family].flatMap(({ spans }) => spans));
    return place.blocks[family].map(({ name, spans }) => ({ name, spans: subtract(spans, taken) }));
  };
  return { ...place, blocks: { IPv4: rest("IPv4"), IPv6: rest("IPv6") } };
}

function subtract(spans: readonly Span[], taken: readonly Span[]): readonly Span[] {
  return taken.reduce<readonly Span[]>((left, one) => left.flatMap((span) => cut(span, one)), spans);
}

function cut(span: Span, { first, last }: Span): readonly Span[] {
  if (span.first.family !== first.family || last.value < span.first.value || first.value > span.last.value)
    return [span];
  const at = (value: bigint) => ({ ...first, value });
  return [
    ...(span.first.value < first.value ? [{ first: span.first, last: at(first.value - 1n) }] : []),
    ...(last.value < span.last.value ? [{ first: at(last.value + 1n), last: span.last }] : []),
  ];
}

function sameRange(text: string, { address, length }: Prefix): boolean {
  const other = parsePrefix(text);
  return other?.length === length && other.address.family === address.family && other.address.value === address.value;
}

function prefix(text: string): Prefix {
  return parsePrefix(text) as Prefix;
}
