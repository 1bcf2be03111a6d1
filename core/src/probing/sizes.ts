import { type Answer, answered, refused } from "../cluster/cluster.ts";
import type { Piece } from "./records.ts";

/** What came of one ICMP echo. */
export interface Echo {
  /** With all headers. */
  readonly bytes: number;
  /** `in pieces`: it came back, and had been cut into fragments, because the sender knows of a narrow path. */
  readonly came: "whole" | "in pieces" | "lost";
  /** Messages that a packet is too large that the kernel got meanwhile; of ICMP for IPv4 any destination unreachable, whoever caused it. */
  readonly told: number;
  /** Fragments that it made: it cuts only what it knows to be too large. */
  readonly cut: number;
}

export interface SentEchoes {
  readonly echoes: readonly Echo[];
  /** Who said so and how large a packet may be, where the program prints it. */
  readonly by?: { readonly address: string; readonly mtu: number };
  /** What it printed last of an echo that did not come. */
  readonly words: string;
}

/** `U index BYTES STATUS FRAGMENTS TOLD` behind the records of each echo; `E size index` where none could be sent. */
export function readEchoes(records: readonly Piece[], index: number): Answer<SentEchoes> {
  const error = records.find(({ kind, name }) => kind === "E" && name === `size ${index}`);
  if (error) {
    const why = error.text.trim();
    return refused("no-command", why === "not found" ? "the container has no ping" : `ping was not tried: ${why}`);
  }
  const echoes = records.flatMap(({ kind, name }): Echo[] => {
    const [of, bytes, status, fragments, told] = name.split(" ");
    if (kind !== "U" || of !== `${index}`) return [];
    const came = status !== "0" ? "lost" : fragments === "0" ? "whole" : "in pieces";
    return [{ bytes: Number(bytes), came, told: Number(told), cut: Number(fragments) }];
  });
  if (echoes.length === 0) return refused("failed", "no echo is in the output: the command ended before it got there");
  const printed = records.filter(({ kind, name }) => kind === "S" && name.startsWith(`${index}.`));
  const by = printed.flatMap(({ text }) => saidBy(text))[0];
  const words = printed.findLast((_, at) => echoes[at]?.came === "lost")?.text ?? "";
  return answered({ echoes, words: words.trim().split("\n").at(-1)?.trim() ?? "", ...(by ? { by } : {}) });
}

/** "From fd00::1 icmp_seq=1 Packet too big: mtu=1400", "From 10.0.0.1 icmp_seq=1 Frag needed and DF set (mtu = 1400)" */
function saidBy(text: string): { address: string; mtu: number }[] {
  const found = /From (\S+?):? icmp_seq=\d+ (?:Packet too big: mtu=|Frag needed and DF set \(mtu = )(\d+)/i.exec(text);
  return found ? [{ address: found[1] ?? "", mtu: Number(found[2]) }] : [];
}
