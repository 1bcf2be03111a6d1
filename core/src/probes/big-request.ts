import { joinHostPort } from "../addresses/host-port.ts";
import { answered } from "../cluster/cluster.ts";
import type { Attempt, Want } from "../probing/bundle.ts";
import { type ExecProbe, vantageName } from "../probing/probe.ts";
import type { DialArgs } from "./dial.ts";

/** HTTP requests of several sizes to the same port. */
export interface BigRequest {
  readonly small: Attempt;
  /** The same, padded by so many bytes. */
  readonly padded: readonly { readonly bytes: number; readonly attempt: Attempt }[];
}

/**
 * Bytes of padding. Linux hands writes of several packets on as one oversized buffer, which virtual links let through
 * whole; so most sizes make exactly one packet, near the limits of common tunnels (the rest of the request is 45 to 130
 * bytes). The largest fills several packets, and is below the 8 KiB at which servers begin to refuse headers.
 */
const paddings = [1220, 1290, 1370, 4000];

/** Whether size matters on a path: only asked of ports that say they speak HTTP. */
export const probe: ExecProbe<DialArgs, BigRequest> = {
  id: "big-request",
  access: "exec",
  vantage: ({ at }) => at,
  asks: ({ at, family, host, port }) =>
    `HTTP requests of 50 to 4000 bytes over ${family} from ${vantageName(at)} to ${joinHostPort(host, port)}`,
  types: ({ host, port, seconds }, request) => {
    const bytes = request?.padded.find(({ attempt }) => !attempt.ok)?.bytes ?? paddings[0];
    const pad = `--header="X-Pad: $(printf %${bytes}s x)"`;
    return ["sh", "-c", `wget -S -T ${Math.ceil(seconds)} -O /dev/null ${pad} http://${joinHostPort(host, port)}/`];
  },
  wants: (args) => [1, ...paddings].map((bytes) => want(args, bytes)),
  read: (reading, args) => {
    const small = reading.attempt(want(args, 1));
    if (!small.ok) return small;
    const padded = paddings.flatMap((bytes) => {
      const attempt = reading.attempt(want(args, bytes));
      return attempt.ok ? [{ bytes, attempt: attempt.value }] : [];
    });
    return answered({ small: small.value, padded });
  },
  line: ({ small, padded }) =>
    [`small: ${shown(small)}`, ...padded.map(({ bytes, attempt }) => `+${bytes} bytes: ${shown(attempt)}`)].join("; "),
};

function want({ host, port, seconds, haste }: DialArgs, bytes: number): Want {
  return { op: "http", host, port, seconds, ...(haste === undefined ? {} : { haste }), bytes };
}

function shown({ ok, text, ms }: Attempt): string {
  return ok ? `${text} in ${ms} ms` : `no response (${text || `nothing in ${ms} ms`})`;
}
