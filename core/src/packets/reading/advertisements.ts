import { neighbourMessageOf, type RouterAdvertisement } from "../neighbour-discovery.ts";
import type { WirePacket } from "../packet.ts";
import { Audible, elsewhere } from "./audible.ts";
import { type CaptureEnd, isTooLate, onInterface, type PacketsSay, Seen, type Teller, Tracked } from "./tale.ts";

interface Said {
  readonly odd: boolean;
  readonly says: string;
  readonly seen: Seen;
}

interface Asked {
  readonly asker: string;
  readonly on: string | undefined;
  readonly mac: string | undefined;
  readonly seen: Seen;
}

/** Milliseconds between two messages; what is nearer is the same seen on another interface. */
const apart = 100;
const forever = 0xffffffff;

/** What routers advertise, and who asks for one. */
export class Advertisements implements Teller {
  readonly about = "router advertisements";
  readonly source = "https://www.rfc-editor.org/rfc/rfc4861#section-4.2";
  readonly #said = new Tracked<Said>();
  readonly #asked = new Tracked<Asked>();
  readonly #heard = new Set<string | undefined>();
  readonly #audible = new Audible();

  take(packet: WirePacket): void {
    this.#audible.take(packet);
    const { ip, icmp, on } = packet;
    const message = ip?.family === "IPv6" && icmp ? neighbourMessageOf(icmp) : undefined;
    if (!ip || !message) return;
    if (message.is === "router solicitation")
      this.#asked
        .of(`${on} ${ip.source}`, () => ({ asker: ip.source, on, mac: packet.sourceMac, seen: new Seen() }))
        ?.seen.add(packet, apart);
    if (message.is !== "router advertisement") return;
    // A host does not hear one that came from further away: RFC 4861 section 6.1.2.
    const ignored =
      ip.hops !== 255
        ? `its hop limit is ${ip.hops}, not 255`
        : ip.source.startsWith("fe80:")
          ? undefined
          : "its source is not link-local";
    if (!ignored && this.#heard.size < 1_000) this.#heard.add(on);
    const { odd, says } = wordsOf(message);
    const who = `router ${ip.source}${packet.sourceMac ? ` (${packet.sourceMac})` : ""}${onInterface(on)}`;
    const text = `${who}: ${says}${ignored ? `; hosts ignore it, since ${ignored}` : ""}`;
    const said = { odd: odd || ignored !== undefined, says: text };
    this.#said.of(text, () => ({ ...said, seen: new Seen() }))?.seen.add(packet, apart);
  }

  tell(end: CaptureEnd): PacketsSay[] {
    const said = this.#said.values().map(({ odd, says, seen }) => told(odd, `${says}${seen.times}`, seen));
    const asked = this.#asked.values().map(({ asker, on, mac, seen }) => {
      const says = `${asker} solicits routers${onInterface(on)}`;
      if (this.#heard.has(on)) return told(false, `${says}: answered`, seen);
      if (isTooLate(seen, end)) return told(false, `${says} as the capture ends`, seen);
      if (!this.#audible.hears(asker, mac)) return told(false, `${says}${seen.times}: ${elsewhere}`, seen);
      return told(true, `${says}${seen.times}: no advertisement in this capture`, seen);
    });
    return [...said, ...asked];
  }
}

function told(odd: boolean, says: string, { packets }: Seen): PacketsSay {
  return { odd, family: "IPv6", says, packets };
}

function wordsOf(advertised: RouterAdvertisement): { readonly odd: boolean; readonly says: string } {
  const { lifetime, managed, other, preference, prefixes, mtu, servers, cut } = advertised;
  // SLAAC takes 64 bits alone, on every link there is: RFC 4862 section 5.5.3, RFC 4291 section 2.5.1.
  const unusable = prefixes.filter(({ autonomous, length }) => autonomous && length !== 64);
  const says = [
    lifetime === 0 ? "lifetime 0, so it is no default router (any more)" : `default router for ${lifetime} s`,
    ...(preference === "medium" ? [] : [`preference ${preference}`]),
    `M ${managed ? 1 : 0}, O ${other ? 1 : 0}${managed ? " (addresses by DHCPv6)" : other ? " (settings by DHCPv6)" : ""}`,
    ...prefixes.map(
      ({ prefix, onLink, autonomous, valid, preferred }) =>
        `prefix ${prefix} (${onLink ? "on-link" : "not on-link"}, ${autonomous ? "SLAAC" : "no SLAAC"}, valid ${lasting(valid)}, preferred ${lasting(preferred)})`,
    ),
    ...(prefixes.length === 0 && !cut ? ["no prefix"] : []),
    ...(mtu === undefined ? [] : [`MTU ${mtu}`]),
    ...(servers.length === 0 ? [] : [`DNS ${servers.join(" ")}`]),
    ...unusable.map(({ prefix }) => `no address is made of ${prefix}, since SLAAC needs 64 bits`),
    ...(cut ? ["the rest was not kept"] : []),
  ].join(", ");
  return { odd: lifetime === 0 || unusable.length > 0 || prefixes.some(({ valid }) => valid === 0), says };
}

function lasting(seconds: number): string {
  return seconds === forever ? "for ever" : `${seconds} s`;
}
