import type { Family } from "../../addresses/address.ts";
import { neighbourMessageOf } from "../neighbour-discovery.ts";
import type { WirePacket } from "../packet.ts";
import { Audible, elsewhere } from "./audible.ts";
import { Owners } from "./owners.ts";
import { type CaptureEnd, isTooLate, onInterface, type PacketsSay, Seen, type Teller, Tracked } from "./tale.ts";

/** What one neighbour asks for another. */
interface Questions {
  readonly family: Family;
  readonly asker: string;
  readonly target: string;
  /** Where it was asked first. */
  readonly on: string | undefined;
  readonly mac: string | undefined;
  /** Since the last answer. */
  open: Seen;
  answered: Seen | undefined;
}

/** Milliseconds between two questions; what is nearer is the same seen on another interface. */
const apart = 200;

/** Neighbour solicitations, advertisements and duplicate address detection; ARP, which is the same for IPv4. */
export class Neighbours implements Teller {
  readonly about = "neighbours";
  readonly source = "https://www.rfc-editor.org/rfc/rfc4861#section-7.2";
  readonly #asked = new Tracked<Questions>();
  readonly #owners = new Owners();
  readonly #audible = new Audible();

  take(packet: WirePacket): void {
    this.#audible.take(packet);
    const { arp, icmp, ip } = packet;
    if (arp) {
      // Who tells the own address to all asks for nobody.
      const toAll = arp.sender === arp.target;
      if (arp.reply || toAll) this.#answered(packet, arp.sender, arp.senderMac, toAll ? undefined : arp.target);
      else if (arp.sender === "0.0.0.0") this.#owners.checked(packet, arp.target, arp.senderMac);
      else this.#question(packet, arp.target, arp.sender);
      return;
    }
    // What came over a router is no neighbour's: RFC 4861 section 7.1.
    const message = icmp && ip?.family === "IPv6" && ip.hops === 255 ? neighbourMessageOf(icmp) : undefined;
    if (!ip || !message || !("target" in message)) return;
    const mac = message.mac ?? packet.sourceMac;
    if (message.is === "advertisement")
      this.#answered(packet, message.target, mac, message.solicited ? ip.target : undefined);
    else if (ip.source === "::") this.#owners.checked(packet, message.target, mac);
    else this.#question(packet, message.target, ip.source);
  }

  #question(packet: WirePacket, target: string, asker: string): void {
    const make = () => ({
      family: packet.family,
      asker,
      target,
      on: packet.on,
      mac: packet.sourceMac,
      open: new Seen(),
      answered: undefined,
    });
    this.#asked.of(`${target} ${asker}`, make)?.open.add(packet, apart);
  }

  /** `to`: whom it answers; undefined: it is told to all. On which interface it came is no matter: bridges ask on many. */
  #answered(packet: WirePacket, target: string, mac: string | undefined, to: string | undefined): void {
    this.#owners.said(packet, target, mac, to === undefined);
    const all = to === undefined ? this.#asked.values() : [this.#asked.get(`${target} ${to}`)];
    for (const questions of all)
      if (questions?.target === target && questions.open.count > 0) {
        questions.answered = questions.open;
        questions.open = new Seen();
      }
  }

  tell(end: CaptureEnd): PacketsSay[] {
    const told = this.#asked.values().map((questions) => this.#of(questions, end));
    return [...this.#owners.tell(), ...told];
  }

  #of({ family, asker, target, on, mac, open, answered }: Questions, end: CaptureEnd): PacketsSay {
    const question = family === "IPv6" ? "solicits neighbour" : "asks by ARP for";
    const says = `${asker} ${question} ${target}${onInterface(on)}`;
    const { packets } = open.count > 0 ? open : (answered ?? open);
    const told = (odd: boolean, how: string) => ({ odd, family, says: `${says}${how}`, packets });
    if (open.count === 0) return told(false, ": answered");
    if (isTooLate(open, end)) return told(false, " as the capture ends");
    if (!this.#audible.hears(asker, mac)) return told(false, `${open.times}: ${elsewhere}`);
    const answer = family === "IPv6" ? "advertisement" : "reply";
    return told(true, `${open.times}: no ${answer} in this capture${answered ? " any more" : ""}`);
  }
}
