import { bits, type Family, formatAddress, network, parseAddress } from "../../addresses/address.ts";

/** An address, with its prefix length if one follows; a hardware address. */
const written =
  /(?<![\w:.])(?:[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){5}(?![\w:])|(?:[0-9a-fA-F]{0,4}:){2,7}(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]{0,4})(?![\w:])|\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d))(?:\/\d{1,3}(?!\d))?/g;

/**
 * Other addresses for those in a text, the same for the same each time. Two that share a prefix share one of the same length
 * afterwards, as Crypto-PAn does it (https://www.cc.gatech.edu/computing/Networking/projects/cryptopan/), from tossed coins instead of a key:
 * nobody can undo it. What is the same for everybody stays (loopback, link-local, multicast, documentation, NAT64's own prefix); of the
 * others the bits that tell whose they are change, while subnets and interfaces keep their numbers, but for those made of a hardware
 * address.
 */
export class AddressPseudonyms {
  readonly #toss: () => boolean;
  readonly #flips = new Map<string, boolean>();
  readonly #cards = new Map<bigint, bigint>();

  constructor(toss: () => boolean) {
    this.#toss = toss;
  }

  in(text: string): string {
    return text.replace(written, (found) => this.#one(found));
  }

  #one(found: string): string {
    if (/^[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){5}$/.test(found)) return this.#hardware(found);
    const [text = "", length] = found.split("/");
    const address = parseAddress(text);
    if (!address) return found;
    const { family } = address;
    const value = this.#value(family, address.value);
    if (value === address.value) return found;
    const changed = { family, value, leadingZeros: false };
    if (length === undefined) return formatAddress(changed);
    const prefix = { address, length: Number(length), leadingZeros: false };
    if (prefix.length > bits(family)) return found;
    // What had no bits beyond its length has none afterwards.
    const isNetwork = network(prefix).address.value === address.value;
    const whole = isNetwork ? network({ ...prefix, address: changed }).address : changed;
    return `${formatAddress(whole)}/${length}`;
  }

  #value(family: Family, value: bigint): bigint {
    if (family === "IPv4")
      return this.#isKnown(family, value) ? value : this.#flipped(family, value, ...ranges4(value));
    const low = value & 0xffffffffn;
    // Behind the well-known prefix of NAT64, and as an IPv4-mapped address, an IPv4 address stands.
    if (value >> 32n === 0x64ff9bn << 64n || value >> 32n === 0xffffn) return (value - low) | this.#value("IPv4", low);
    const own = this.#card(value);
    return this.#isKnown(family, value) ? own : this.#flipped(family, own, ...ranges6(value));
  }

  #isKnown(family: Family, value: bigint): boolean {
    const isGlobal = value >> 125n === 0b001n && value >> 96n !== 0x20010db8n;
    if (family === "IPv6") return !isGlobal && value >> 121n !== 0b1111110n;
    const first = value >> 24n;
    return first === 0n || first === 127n || first >= 224n || value >> 16n === 0xa9fen;
  }

  /** The bits between two places turned over, each by a coin that belongs to the bits before it. */
  #flipped(family: Family, value: bigint, from: number, to: number): bigint {
    let result = value;
    for (let place = from; place < to; place++) {
      const shift = BigInt(bits(family) - 1 - place);
      const before = `${family} ${place} ${value >> (shift + 1n)}`;
      const flip = this.#flips.get(before) ?? this.#toss();
      this.#flips.set(before, flip);
      if (flip) result ^= 1n << shift;
    }
    return result;
  }

  /** The number of a network card in the address it made, and in the multicast group of that. */
  #card(value: bigint): bigint {
    const low = value & 0xffffffn;
    const solicited = value >> 24n === 0xff0200000000000000000001ffn;
    const made = ((value >> 24n) & 0xffffn) === 0xfffen;
    return made || (solicited && this.#cards.has(low)) ? (value - low) | this.#number(low) : value;
  }

  #number(card: bigint): bigint {
    const known = this.#cards.get(card);
    if (known !== undefined) return known;
    let made = 0n;
    for (let bit = 0; bit < 24; bit++) made = (made << 1n) | (this.#toss() ? 1n : 0n);
    this.#cards.set(card, made);
    return made;
  }

  #hardware(text: string): string {
    const hex = this.#number(BigInt(`0x${text.slice(9).replaceAll(":", "")}`))
      .toString(16)
      .padStart(6, "0");
    return `${text.slice(0, 9)}${hex.match(/../g)?.join(":")}`;
  }
}

/** Of an IPv4 address neither the first number changes nor the last; beside private ranges not the second either. */
function ranges4(value: bigint): [number, number] {
  return [[100n, 169n, 172n, 192n, 198n, 203n].includes(value >> 24n) ? 16 : 8, 24];
}

/** Of a ULA the global ID (RFC 4193), of a global address what follows a registry's prefix; below 2001:0::/23 are ranges of other kinds. */
function ranges6(value: bigint): [number, number] {
  if (value >> 121n === 0b1111110n) return [8, 48];
  return [value >> 112n === 0x2001n ? 23 : 16, 48];
}
