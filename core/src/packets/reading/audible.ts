import type { WirePacket } from "../packet.ts";
import { mostFollowed } from "./tale.ts";

/** What is said of a question whose answer may have gone another way. */
export const elsewhere = "no answer in this capture, where answers to others need not come by";

/**
 * Whose answers come by where a capture was made. What is asked of all arrives everywhere on a link, and its answer only at who asked:
 * without a sign that it would have come by, nobody can say there was none.
 */
export class Audible {
  readonly #addresses = new Set<string>();
  /** Of Ethernet alone: how many frames to one receiver each had a part in, and who was heard at all. */
  readonly #parts = new Map<string, number>();
  readonly #heard = new Set<string>();
  #unicasts = 0;

  take({ ip, arp, outgoing, inside, sourceMac, targetMac }: WirePacket): void {
    if (inside || this.#addresses.size >= mostFollowed || this.#heard.size >= mostFollowed) return;
    const [source, target] = ip ? [ip.source, ip.target] : [arp?.sender, arp?.target];
    if (outgoing === true && source !== undefined) this.#addresses.add(source);
    if (outgoing === false && target !== undefined && (ip || arp?.reply)) this.#addresses.add(target);
    if (sourceMac === undefined || targetMac === undefined) return;
    this.#heard.add(sourceMac);
    if (isToMany(targetMac)) return;
    this.#unicasts++;
    for (const mac of [sourceMac, targetMac]) this.#parts.set(mac, (this.#parts.get(mac) ?? 0) + 1);
  }

  /** Whether an answer to this address, asked from this link-layer address, would have come by. */
  hears(address: string, mac: string | undefined): boolean {
    if (this.#addresses.has(address)) return true;
    if (mac === undefined || !this.#heard.has(mac)) return false;
    // Where two talk and nobody else is there, all of it comes by.
    if (new Set([...this.#heard, ...this.#parts.keys()]).size <= 2) return true;
    // On a host's own interface each frame to one receiver is from it or to it.
    const own = [...this.#parts].filter(([, count]) => count === this.#unicasts).map(([part]) => part);
    return own.length === 1 && own[0] === mac;
  }
}

/** Multicast and broadcast have the lowest bit of the first byte set. */
function isToMany(mac: string): boolean {
  return (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1;
}
