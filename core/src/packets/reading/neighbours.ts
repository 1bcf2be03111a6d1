import type { Family } from "../../addresses/address.ts";
import { neighbourMessageOf } from "../neighbour-discovery.ts";
import type { Packet } from "../packet.ts";
import { type End, Followed, isTooLate, onInterface, Seen, type Teller, type Told } from "./tale.ts";

/** Who asks on one link for the neighbour with an address, and who says to be it. */
interface Asked {
  readonly family: Family;
  readonly target: string;
  readonly on: string | undefined;
  /** By the address of who asks. */
  readonly by: Map<string, Questions>;
  /** Who said to be it. */
  readonly macs: Map<string, Seen>;
  /** Who checks whether somebody has the address already, by the link-layer address. */
  readonly checking: Map<string, Seen>;
  /** Somebody has, and said so to all. */
  taken: { readonly mac: string | undefined; readonly seen: Seen } | undefined;
}

/** What one neighbour asks of another. */
interface Questions {
  /** Since the last answer. */
  open: Seen;
  answered: Seen | undefined;
}

/** Milliseconds between two questions; what is nearer is the same seen on another interface. */
const apart = 200;
/** Milliseconds in which a check for a duplicate is answered: RetransTimer is one second. RFC 4862 section 5.4. */
const checks = 2_000;
const mostNames = 20;

/** Neighbour solicitations, advertisements and duplicate address detection; ARP, which is the same for IPv4. */
export class Neighbours implements Teller {
  readonly about = "neighbours";
  readonly source = "https://www.rfc-editor.org/rfc/rfc4861#section-7.2";
  readonly #asked = new Followed<Asked>();

  take(packet: Packet): void {
    const { arp, icmp, ip } = packet;
    if (arp) {
      // Who tells the own address to all asks for nobody.
      const toAll = arp.sender === arp.target;
      if (arp.reply || toAll) this.#answered(packet, arp.sender, arp.senderMac, toAll ? undefined : arp.target);
      else this.#question(packet, arp.target, arp.sender === "0.0.0.0" ? undefined : arp.sender, arp.senderMac);
      return;
    }
    // What came over a router is no neighbour's: RFC 4861 section 7.1.
    const message = icmp && ip?.family === "IPv6" && ip.hops === 255 ? neighbourMessageOf(icmp) : undefined;
    if (message?.is === "solicitation")
      this.#question(
        packet,
        message.target,
        ip?.source === "::" ? undefined : ip?.source,
        message.mac ?? packet.sourceMac,
      );
    else if (message?.is === "advertisement")
      this.#answered(
        packet,
        message.target,
        message.mac ?? packet.sourceMac,
        message.solicited ? ip?.target : undefined,
      );
  }

  #of({ family, on }: Packet, target: string): Asked | undefined {
    return this.#asked.of(`${on} ${target}`, () => ({
      family,
      target,
      on,
      by: new Map(),
      macs: new Map(),
      checking: new Map(),
      taken: undefined,
    }));
  }

  #question(packet: Packet, target: string, by: string | undefined, mac: string | undefined): void {
    const asked = this.#of(packet, target);
    if (by === undefined) {
      added(asked?.checking, mac ?? "?", packet);
      return;
    }
    const questions = asked?.by.get(by) ?? { open: new Seen(), answered: undefined };
    if (!asked || (asked.by.size >= mostNames && !asked.by.has(by))) return;
    questions.open.add(packet, apart);
    asked.by.set(by, questions);
  }

  /** `to`: whom it answers; undefined: it is told to all. */
  #answered(packet: Packet, target: string, mac: string | undefined, to: string | undefined): void {
    const asked = this.#of(packet, target);
    if (!asked) return;
    for (const [asker, questions] of asked.by)
      if ((to === undefined || to === asker) && questions.open.count > 0) {
        questions.answered = questions.open;
        questions.open = new Seen();
      }
    // Where a capture of several links does not say which was which, two may well have the same address.
    if (mac !== undefined && packet.oneLink) added(asked.macs, mac, packet);
    const check = [...asked.checking].find(
      ([checker, { last }]) =>
        checker !== mac && last !== undefined && packet.time !== undefined && packet.time - last < checks,
    );
    if (!check || !packet.oneLink || (asked.family === "IPv6" && to !== undefined)) return;
    const seen = asked.taken?.seen ?? new Seen();
    seen.add(packet, apart);
    asked.taken = { mac, seen };
  }

  tell(end: End): Told[] {
    return this.#asked
      .values()
      .flatMap((asked) => [...duplicatesOf(asked), ...questionsOf(asked, end), ...rivalsOf(asked)]);
  }
}

function duplicatesOf({ family, target, on, checking, taken }: Asked): Told[] {
  if (checking.size === 0) return [];
  const where = onInterface(on);
  const checkers = [...checking.keys()].join(" and ");
  const packets = [...checking.values()].flatMap((seen) => seen.packets);
  const told = (odd: boolean, says: string, also: readonly number[] = []) => [
    { odd, family, says, packets: [...packets, ...also].slice(0, 5) },
  ];
  if (taken)
    return told(
      true,
      `duplicate address ${target}${where}: ${checkers} checks whether somebody has it, and ${taken.mac ?? "somebody"} says so`,
      taken.seen.packets,
    );
  const [first, second] = [...checking.values()];
  const near = first?.last !== undefined && second?.first !== undefined && Math.abs(second.first - first.last) < checks;
  if (near && family === "IPv6")
    return told(
      true,
      `duplicate address ${target}${where}: ${checkers} check at the same time whether somebody has it`,
    );
  return told(false, `${checkers} checks whether somebody has ${target}${where}, and nobody says so in this capture`);
}

function questionsOf({ family, target, on, by }: Asked, end: End): Told[] {
  const [question, answer] = family === "IPv6" ? ["solicits neighbour", "advertisement"] : ["asks by ARP for", "reply"];
  return [...by].map(([asker, { open, answered }]): Told => {
    const says = `${asker} ${question} ${target}${onInterface(on)}`;
    const seen = open.count > 0 ? open : (answered ?? open);
    const told = (odd: boolean, how: string) => ({ odd, family, says: `${says}${how}`, packets: seen.packets });
    if (open.count === 0) return told(false, ": answered");
    if (isTooLate(open, end)) return told(false, " as the capture ends");
    return told(true, `${open.times}: no ${answer} in this capture${answered ? " any more" : ""}`);
  });
}

function added(all: Map<string, Seen> | undefined, key: string, packet: Packet): void {
  if (!all || (all.size >= mostNames && !all.has(key))) return;
  const seen = all.get(key) ?? new Seen();
  seen.add(packet, apart);
  all.set(key, seen);
}

/** On one link an address has one owner; a virtual address that moves has several one after the other. */
function rivalsOf({ family, target, on, macs }: Asked): Told[] {
  if (macs.size < 2) return [];
  const packets = [...macs.values()].flatMap((seen) => seen.packets).slice(0, 5);
  const says = `${[...macs.keys()].join(" and ")} both say to be ${target}${onInterface(on)}`;
  return [{ odd: true, family, says, packets }];
}
