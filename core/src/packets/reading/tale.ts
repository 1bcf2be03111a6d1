import type { Family } from "../../addresses/address.ts";
import type { WirePacket } from "../packet.ts";

/** One thing that packets say. */
export interface PacketsSay {
  /** Something to look at; else it is what one would expect. */
  readonly odd: boolean;
  readonly family: Family;
  /** One sentence without its full stop, of one line; addresses and names of others stand in it. */
  readonly says: string;
  /** The first packets that say so, counted from 1, as Wireshark's frame.number. */
  readonly packets: readonly number[];
}

/** What packets of one kind come to. */
export interface CaptureSection {
  /** "neighbours" */
  readonly about: string;
  /** Where it stands what such packets mean. */
  readonly source: string;
  readonly told: readonly PacketsSay[];
  /** How many more there are of each than are told. */
  readonly more: number;
}

/** What is known at the end of a capture. */
export interface CaptureEnd {
  /** Milliseconds since the epoch; undefined where the file has no times. */
  readonly last: number | undefined;
}

/** Watches for packets of one kind. */
export interface Teller {
  readonly about: string;
  readonly source: string;
  take(packet: WirePacket): void;
  tell(end: CaptureEnd): readonly PacketsSay[];
}

/** Of each kind as many are followed; whoever sends a million of them fills no memory. */
export const mostFollowed = 5_000;

/** A list of records by their key, of which no more than {@link mostFollowed} are kept. */
export class Tracked<T> {
  readonly #all = new Map<string, T>();

  /** What is known by a key, made if it is new and there is room. */
  of(key: string, make: () => T): T | undefined {
    const found = this.#all.get(key);
    if (found !== undefined || this.#all.size >= mostFollowed) return found;
    const made = make();
    this.#all.set(key, made);
    return made;
  }

  get(key: string): T | undefined {
    return this.#all.get(key);
  }

  values(): readonly T[] {
    return [...this.#all.values()];
  }
}

/** The packets that something was said in, few of many. */
export class Seen {
  readonly packets: number[] = [];
  count = 0;
  first: number | undefined;
  last: number | undefined;

  /** One packet is often seen on several interfaces; `apart`: milliseconds after which it is another one. */
  add({ number, time }: WirePacket, apart = 0): void {
    const isCopy = time !== undefined && this.last !== undefined && time - this.last < apart;
    if (this.count > 0 && (isCopy || (apart > 0 && time === undefined))) return;
    this.count++;
    if (this.packets.length < 5) this.packets.push(number);
    this.first ??= time;
    this.last = time;
  }

  /** ", 3 times within 2.0 s" where it was more than once. */
  get times(): string {
    if (this.count < 2) return "";
    const within =
      this.first === undefined || this.last === undefined ? "" : ` within ${seconds(this.last - this.first)}`;
    return `, ${this.count} times${within}`;
  }
}

/** Milliseconds in which an answer may still be on its way when a capture ends: a second is what neighbours and SYNs wait. */
const underway = 1_000;

/** Whether the capture ended so soon after something was asked that nobody can say it was not answered. */
export function isTooLate({ last: asked, count }: Seen, { last }: CaptureEnd): boolean {
  return count < 2 && (asked === undefined || last === undefined || last - asked < underway);
}

/** "2.0 s" */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** "[2001:db8::1]:80" */
export function socket(address: string, port: number): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

/** "on eth0", where it is known. */
export function onInterface(on: string | undefined): string {
  return on === undefined ? "" : ` on ${on}`;
}

/** What is said of what was asked and not answered; never more than the packets. */
export const noAnswer = "no answer in this capture";
