import { type InterfaceAddress, ifInet6Form, parseIfInet6 } from "../linux/if-inet6.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";
import { wellFormed } from "../probing/well-formed.ts";

const path = "/proc/net/if_inet6";

/** The IPv6 addresses of a network namespace. The file does not exist in a kernel without IPv6. */
export const probe: ExecProbe<{ readonly at: Vantage }, readonly InterfaceAddress[]> = {
  id: "addresses",
  access: "exec",
  vantage: ({ at }) => at,
  always: (at) => ({ at }),
  asks: ({ at }) => `the IPv6 addresses of ${vantageName(at)}`,
  types: () => ["cat", path],
  wants: () => [{ op: "file", path }],
  read: (reading) => wellFormed(path, reading.file(path), ifInet6Form, parseIfInet6),
  line: (addresses) => addresses.map(shown).join(", ") || "no IPv6 address on any interface",
};

function shown({ device, address, length, dadFailed, tentative, deprecated }: InterfaceAddress): string {
  const marks = [dadFailed && "dadfailed", tentative && "tentative", deprecated && "deprecated"].filter(Boolean);
  return `${device} ${address}/${length}${marks.length > 0 ? ` (${marks.join(", ")})` : ""}`;
}
