import { answered } from "../cluster/cluster.ts";
import { type Counters, difference, parseSnmp6 } from "../linux/counters.ts";
import { type LinkCounters, parseNetDev } from "../linux/net-dev.ts";
import { conntrackPath, conntrackText, parseNfConntrack, type TrackedConnection } from "../linux/nf-conntrack.ts";
import { type ExecProbe, vantageName } from "../probing/probe.ts";
import { trackedLine } from "./tracked.ts";

export interface TransitArgs {
  readonly node: string;
  /** Addresses whose connections are looked for: that of the pod that dials, that of the node the control dial comes from. */
  readonly of: readonly string[];
  /** How long the node is watched. */
  readonly seconds: number;
  /** Asked at the same moment as the dial it watches, and as the same look at the other node. */
  readonly together: string;
}

/** What passed a node while we dialled through it. */
export interface Transit {
  /** What moved, by device. */
  readonly devices: Readonly<Record<string, LinkCounters>>;
  readonly counters: Counters;
  /** Connections from the addresses, as the node tracks them; undefined: this kernel does not show them, or not to us. */
  readonly tracked?: readonly TrackedConnection[];
  /** It was only for want of a program that they were not read: another container of the node may have it. */
  readonly lacksProgram?: true;
}

const devicePath = "/proc/net/dev";
const counterPath = "/proc/net/snmp6";

/** Whether our own packets came to a node and left it: by its devices' counters, and by the connections it tracks. */
export const probe: ExecProbe<TransitArgs, Transit> = {
  id: "transit",
  access: "exec",
  vantage: ({ node }) => ({ kind: "node", node }),
  asks: ({ node, of }) => `what passes ${vantageName({ kind: "node", node })} from ${of.join(" and ")} while dialling`,
  types: ({ of }) => ["grep", "-F", `src=${conntrackText(of[0] ?? "")}`, conntrackPath],
  wants: ({ of, seconds }) => [
    { op: "moving", path: devicePath },
    { op: "moving", path: counterPath },
    { op: "hold", seconds },
    ...of.map((address) => ({ op: "lines" as const, path: conntrackPath, text: `src=${conntrackText(address)}` })),
  ],
  read: (reading, { of }) => {
    const devices = reading.moving(devicePath);
    if (!devices.ok) return devices;
    const counters = reading.moving(counterPath);
    const lines = of.map((address) => reading.lines(conntrackPath, `src=${conntrackText(address)}`));
    const texts = lines.flatMap((answer) => (answer.ok ? answer.value : []));
    return answered({
      devices: movedLinks(parseNetDev(devices.value.before), parseNetDev(devices.value.after)),
      counters: counters.ok ? difference(parseSnmp6(counters.value.before), parseSnmp6(counters.value.after)) : {},
      ...(texts.length === of.length ? { tracked: parseNfConntrack(texts.join("\n")) } : {}),
      ...(lines.some((one) => !one.ok && one.refusal.reason === "no-command") ? { lacksProgram: true } : {}),
    });
  },
  line: ({ devices, tracked }) => {
    const moved = Object.entries(devices).map(
      ([device, { sentPackets, receivedPackets, sentDropped }]) =>
        `${device} sent ${sentPackets}, received ${receivedPackets}${sentDropped > 0 ? `, did not send ${sentDropped}` : ""}`,
    );
    const known = tracked === undefined ? "its tracked connections could not be read" : trackedLine(tracked);
    return [...moved.slice(0, 6), known].join("; ");
  },
};

function movedLinks(
  before: Readonly<Record<string, LinkCounters>>,
  after: Readonly<Record<string, LinkCounters>>,
): Record<string, LinkCounters> {
  const moved = Object.entries(after).map(([device, now]): [string, LinkCounters] => {
    const was = before[device];
    const entries = Object.entries(now).map(([name, value]) => [
      name,
      value - (was?.[name as keyof LinkCounters] ?? 0),
    ]);
    return [device, Object.fromEntries(entries) as unknown as LinkCounters];
  });
  return Object.fromEntries(moved.filter(([, counters]) => Object.values(counters).some((delta) => delta !== 0)));
}
