import type { Family } from "../addresses/address.ts";
import { answered, refused } from "../cluster/cluster.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";
import type { Echo } from "../probing/sizes.ts";
import type { Want } from "../probing/want.ts";

export interface PathMtuArgs {
  readonly at: Vantage;
  readonly family: Family;
  readonly host: string;
  /** Bytes of the largest packet that the interface it leaves by takes. */
  readonly most: number;
  /** What it is where the way is as narrow as one beside it. */
  readonly likely?: number;
}

/** How large a packet may be, there and back, without being cut into fragments. Bytes are those of whole IP packets. */
export interface PathMtu {
  /** The largest that came back whole; undefined: not even a small echo was answered. */
  readonly largest: number | undefined;
  /** The smallest that did not; undefined: all that was tried came. */
  readonly next: number | undefined;
  /** The kernel heard that a packet is too large, so that it makes smaller ones. */
  readonly told: boolean;
  /** Who told it, where ping prints that. */
  readonly by?: { readonly address: string; readonly mtu: number };
  /** Some of one size came and some did not: packets are lost whatever their size. */
  readonly uneven?: true;
  /** Echoes that were sent. */
  readonly packets: number;
}

/** Of IPv4 and ICMP, of IPv6 and ICMPv6. */
const headers = { IPv4: 28, IPv6: 48 } as const;

/** Seconds after which no new size is tried. */
const seconds = 8;

/** An echo as large as the interface takes; where it does not come back, smaller ones by halves. */
export const probe: ExecProbe<PathMtuArgs, PathMtu> = {
  id: "path-mtu",
  access: "exec",
  vantage: ({ at }) => at,
  asks: ({ at, family, host, most }) =>
    `the largest packet that gets through over ${family} from ${vantageName(at)} to ${host}, by ICMP echoes of up to ${most} bytes`,
  types: ({ family, host, most }, seen) => [
    "ping",
    "-c",
    "1",
    "-W",
    "1",
    "-s",
    `${(seen?.next ?? most) - headers[family]}`,
    host,
  ],
  wants: (args) => [want(args)],
  read: (reading, args) => {
    // Others of the pod get errors of IPv4 as well; what was told of ours shows when it is sent again.
    const tells = ({ cut, told }: Echo) => cut > 0 || (args.family === "IPv6" && told > 0);
    const sent = reading.echoes(want(args));
    if (!sent.ok) return sent;
    const { echoes, by, words } = sent.value;
    const whole = echoes.filter(({ came }) => came === "whole").map(({ bytes }) => bytes);
    const others = echoes.filter(({ came }) => came !== "whole").map(({ bytes }) => bytes);
    if (whole.length === 0 && /permi(tted|ssion)|denied|are you root/i.test(words))
      return refused("no-command", `ping may not be used there: ${words}`);
    const largest = whole.length > 0 ? Math.max(...whole) : undefined;
    const above = others.filter((bytes) => largest === undefined || bytes > largest);
    // That the first of two small ones was lost while a neighbour was looked for is no matter.
    const uneven = largest !== undefined && others.some((bytes) => bytes > small && bytes <= largest);
    return answered({
      largest,
      next: above.length > 0 ? Math.min(...above) : undefined,
      told: by !== undefined || echoes.some((echo) => echo.bytes > small && tells(echo)),
      packets: echoes.length,
      ...(by ? { by } : {}),
      ...(uneven ? { uneven } : {}),
    });
  },
  line: (seen) => `${resultLine(seen)} (${seen.packets} echoes)`,
};

/** Bytes of the echo that shows whether any is answered. */
const small = 104;

function resultLine({ largest, next, told, by, uneven }: PathMtu): string {
  if (largest === undefined) return "not even a small echo was answered, which says nothing of larger packets";
  if (next === undefined) return `${largest} bytes pass`;
  if (uneven) return `packets are lost whatever their size; ${largest} bytes passed`;
  const said = by ? `${by.address} says that ${by.mtu} is the most` : told ? "the sender is told" : "nobody says so";
  return `${largest} bytes pass, ${next} do not, and ${said}`;
}

function want({ family, host, most, likely }: PathMtuArgs): Extract<Want, { op: "size" }> {
  return { op: "size", host, headers: headers[family], most, seconds, ...(likely === undefined ? {} : { likely }) };
}
