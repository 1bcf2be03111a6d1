import { answered } from "../cluster/cluster.ts";
import { type InterfaceAddress, parseIfInet6 } from "../linux/if-inet6.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";

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
  read: (reading) => {
    const text = reading.file(path);
    return text.ok ? answered(parseIfInet6(text.value)) : text;
  },
  line: (addresses) => addresses.map(shown).join(", ") || "no IPv6 address on any interface",
};

function shown({ device, address, length, dadFailed, tentative, deprecated }: InterfaceAddress): string {
  const marks = [dadFailed && "dadfailed", tentative && "tentative", deprecated && "deprecated"].filter(Boolean);
  return `${device} ${address}/${length}${marks.length > 0 ? ` (${marks.join(", ")})` : ""}`;
}
