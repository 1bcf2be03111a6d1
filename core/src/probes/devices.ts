import { answered, refused } from "../cluster/cluster.ts";
import { deviceOf, parseSysctl } from "../linux/sysctl.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";

/** A network device as /sys/class/net shows it, see {@link https://www.kernel.org/doc/Documentation/ABI/testing/sysfs-class-net}. */
export interface Device {
  readonly index?: number;
  /** Of the other end of a veth pair, counted in the network that end is in. */
  readonly peer?: number;
  /** The hardware address in lower case. */
  readonly hardware?: string;
  /** Whether somebody has set it up (IFF_UP); its other end may be down all the same. */
  readonly up?: boolean;
  /** The index of the bridge or bond that it is a port of. */
  readonly master?: number;
}

const pattern = (name: string) => `/sys/class/net/*/${name}`;
const files = { index: "ifindex", peer: "iflink", hardware: "address", flags: "flags", master: "master/ifindex" };

/** The devices of a network, by name, and how they hang together. */
export const probe: ExecProbe<{ readonly at: Vantage }, Readonly<Record<string, Device>>> = {
  id: "devices",
  access: "exec",
  vantage: ({ at }) => at,
  onFailure: (at) => ({ at }),
  asks: ({ at }) => `the devices of ${vantageName(at)} and what they hang on`,
  types: () => ["sh", "-c", `grep . ${Object.values(files).map(pattern).join(" ")}`],
  wants: () => Object.values(files).map((name) => ({ op: "file", path: pattern(name) })),
  read: (reading) => {
    const found: Record<string, Device> = {};
    for (const [field, name] of Object.entries(files))
      for (const { path, text } of reading.files(pattern(name))) {
        const device = field === "master" ? (path.split("/").at(-3) ?? "") : deviceOf(path);
        found[device] = { ...found[device], ...fieldOf(field, text.trim()) };
      }
    return Object.keys(found).length > 0
      ? answered(found)
      : refused("no-command", "the container cannot list /sys/class/net");
  },
  line: (found) =>
    Object.entries(found)
      .filter(([name]) => name !== "lo")
      .slice(0, 8)
      .map(([name, { hardware, up, master, index }]) =>
        [name, index && `(${index})`, hardware, up === false ? "down" : "up", master && `on device ${master}`]
          .filter(Boolean)
          .join(" "),
      )
      .join(", ") || "none beside lo",
};

const up = 0x1;

function fieldOf(field: string, text: string): Device {
  if (field === "hardware") return /^[0-9a-f:]+$/i.test(text) ? { hardware: text.toLowerCase() } : {};
  if (field === "flags") return /^0x[0-9a-f]+$/i.test(text) ? { up: (Number(text) & up) !== 0 } : {};
  const value = parseSysctl(text);
  return value === undefined ? {} : { [field]: value };
}
