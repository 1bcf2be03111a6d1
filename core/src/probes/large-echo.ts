import { answered } from "../cluster/cluster.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";
import type { Want } from "../probing/want.ts";

export interface LargeEchoArgs {
  readonly at: Vantage;
  /** An IPv6 address. */
  readonly host: string;
}

export interface LargeEcho {
  /** Of the whole packet; undefined: none was sent. */
  readonly bytes?: number;
  /** It came back: whatever the other side sends us in packets of this size does. */
  readonly came: boolean;
  /** Why none was sent. */
  readonly why?: string;
}

/** Of IPv6 and ICMPv6. */
const headers = 48;

/**
 * One echo as large as the interface takes: what comes back is as large, so that the way back is seen without asking anybody there.
 * One that does not come says nothing, since many firewalls let no echo through.
 */
export const probe: ExecProbe<LargeEchoArgs, LargeEcho> = {
  id: "large-echo",
  access: "exec",
  vantage: ({ at }) => at,
  asks: ({ at, host }) =>
    `whether an ICMPv6 echo as large as its interface takes comes back to ${vantageName(at)} from ${host}`,
  types: ({ host }, seen) => ["ping", "-c", "1", "-W", "1", "-s", `${(seen?.bytes ?? 1500) - headers}`, host],
  wants: (args) => [want(args)],
  read: (reading, args) => {
    const sent = reading.echoes(want(args));
    // Nobody else in the pod is looked for who could: there is another way to see it.
    if (!sent.ok) return answered({ came: false, why: sent.refusal.message });
    const { bytes, came } = sent.value.echoes[0] ?? { bytes: 0, came: "lost" };
    return answered({ bytes, came: came !== "lost" });
  },
  line: ({ bytes, came, why }) =>
    came
      ? `${bytes} bytes came back`
      : (why ?? `${bytes} bytes did not come back, as where no echo is answered at all`),
};

function want({ host }: LargeEchoArgs): Want {
  return { op: "echo", host, headers };
}
