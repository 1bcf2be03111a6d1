import { formatAddress, parseAddress } from "../addresses/address.ts";

/** A packet that Cilium's datapath dropped, as `cilium-dbg monitor --type drop` tells of it. */
export interface CiliumDrop {
  /** "Policy denied", "Stale or unroutable IP", ... */
  readonly reason: string;
  readonly source: string;
  readonly destination: string;
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  /** "tcp SYN", "NeighborSolicitation" */
  readonly what: string;
  /** The identities by number or by a reserved name: "12345->world". */
  readonly identities?: string;
}

export interface CiliumDrops {
  /** It said that it listens; without that, silence means nothing. */
  readonly listened: boolean;
  readonly drops: readonly CiliumDrop[];
  /** Lines that tell of a drop in a form that is not understood: any of them may be ours. */
  readonly odd: number;
}

/**
 * Reads what the monitor printed. Lines look like
 * `xx drop (Policy denied) flow 0x0 to endpoint 643, ifindex 24, file bpf_lxc.c:2004, , identity 2->91964: fd00::a -> ff02::1:ff00:41d8 NeighborSolicitation`,
 * in older versions without interface and file, with `[address]:port` where there are ports.
 *
 * @see https://docs.cilium.io/en/stable/operations/troubleshooting/#monitoring-datapath-state
 */
export function parseCiliumDrops(text: string): CiliumDrops {
  const lines = text.split("\n").filter((line) => line.startsWith("xx drop"));
  const drops = lines.flatMap((line) => dropOf(line) ?? []);
  return { listened: /^Listening for events on/m.test(text), drops, odd: lines.length - drops.length };
}

const form = /^xx drop \((.{1,120}?)\)(?= (?:flow |to endpoint ))(.{0,400}): (\S{2,80}) -> (\S{2,80})(?: (.{0,60}))?$/;

function dropOf(line: string): CiliumDrop | undefined {
  const [, reason, between = "", from = "", to = "", what = ""] = form.exec(line.trimEnd()) ?? [];
  const [source, destination] = [endOf(from), endOf(to)];
  if (reason === undefined || !source || !destination) return undefined;
  const identities = /identity (\S{1,60}->\S{1,60})$/.exec(between)?.[1];
  return {
    reason,
    source: source.address,
    destination: destination.address,
    ...(source.port === undefined ? {} : { sourcePort: source.port }),
    ...(destination.port === undefined ? {} : { destinationPort: destination.port }),
    what: what.trim(),
    ...(identities ? { identities } : {}),
  };
}

function endOf(text: string): { address: string; port?: number } | undefined {
  const [, inside, port] =
    /^\[([0-9a-f:.]+)\]:(\d{1,5})$/i.exec(text) ?? /^(\d+\.\d+\.\d+\.\d+):(\d{1,5})$/.exec(text) ?? [];
  const address = parseAddress(inside ?? text);
  if (!address) return undefined;
  return { address: formatAddress(address), ...(port === undefined ? {} : { port: Number(port) }) };
}
