import type { Family } from "../../addresses/address.ts";
import type { WirePacket } from "../packet.ts";
import { onInterface, type PacketsSay, Seen, Tracked } from "./tale.ts";

/** Whose an address is on one link, by link-layer addresses. */
interface Owned {
  readonly family: Family;
  readonly target: string;
  readonly on: string | undefined;
  /** Who says to have it. */
  readonly macs: Map<string, Seen>;
  /** Who checks whether somebody has it already. */
  readonly checking: Map<string, Seen>;
  /** Somebody has, and said so to who checked. */
  taken: { readonly mac: string | undefined; readonly seen: Seen } | undefined;
}

const apart = 200;
/** Milliseconds in which a check for a duplicate is answered: RetransTimer is one second. RFC 4862 section 5.4. */
const checks = 2_000;
const mostNames = 20;

/**
 * Where a capture of several links does not say which was which, two may well have the same address, and nothing is said.
 *
 * Duplicate address detection, and who has an address twice: {@link https://www.rfc-editor.org/rfc/rfc4862#section-5.4} */
export class Owners {
  readonly #owned = new Tracked<Owned>();

  /** Somebody checks whether an address is free. */
  checked(packet: WirePacket, target: string, mac: string | undefined): void {
    if (packet.oneLink) added(this.#of(packet, target)?.checking, mac ?? "somebody", packet);
  }

  /** Somebody says to have it. */
  said(packet: WirePacket, target: string, mac: string | undefined, toAll: boolean): void {
    const owned = packet.oneLink ? this.#of(packet, target) : undefined;
    if (!owned) return;
    if (mac !== undefined) added(owned.macs, mac, packet);
    const check = [...owned.checking].find(
      ([checker, { last }]) =>
        checker !== mac && last !== undefined && packet.time !== undefined && packet.time - last < checks,
    );
    // Who checks has no address yet, so that all are told.
    if (!check || (owned.family === "IPv6" && !toAll)) return;
    const seen = owned.taken?.seen ?? new Seen();
    seen.add(packet, apart);
    owned.taken = { mac, seen };
  }

  #of({ family, on }: WirePacket, target: string): Owned | undefined {
    const make = () => ({ family, target, on, macs: new Map(), checking: new Map(), taken: undefined });
    return this.#owned.of(`${on} ${target}`, make);
  }

  /** The same check arrives on many interfaces. */
  tell(): PacketsSay[] {
    const told = this.#owned.values().flatMap((owned) => [...duplicatesOf(owned), ...rivalsOf(owned)]);
    const quiet = Map.groupBy(
      told.filter(({ odd }) => !odd),
      ({ says }) => says.replace(/ on .*?(?=,)/, ""),
    );
    return [...told.filter(({ odd }) => odd), ...[...quiet.values()].flatMap(([first]) => first ?? [])];
  }
}

function duplicatesOf({ family, target, on, checking, taken }: Owned): PacketsSay[] {
  if (checking.size === 0) return [];
  const where = onInterface(on);
  const checkers = [...checking.keys()].join(" and ");
  const packets = [...checking.values()].flatMap((seen) => seen.packets);
  const told = (odd: boolean, says: string, also: readonly number[] = []): PacketsSay[] => [
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

/** On one link an address has one owner; a virtual address that moves has several one after the other. */
function rivalsOf({ family, target, on, macs }: Owned): PacketsSay[] {
  if (macs.size < 2) return [];
  const packets = [...macs.values()].flatMap((seen) => seen.packets).slice(0, 5);
  const says = `${[...macs.keys()].join(" and ")} both say to be ${target}${onInterface(on)}`;
  return [{ odd: true, family, says, packets }];
}

function added(all: Map<string, Seen> | undefined, key: string, packet: WirePacket): void {
  if (!all || (all.size >= mostNames && !all.has(key))) return;
  const seen = all.get(key) ?? new Seen();
  seen.add(packet, apart);
  all.set(key, seen);
}
