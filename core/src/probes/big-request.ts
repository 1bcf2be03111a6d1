import { joinHostPort } from "../address.ts";
import { answered } from "../cluster.ts";
import type { Attempt, Want } from "../diagnosis/bundle.ts";
import { type ExecProbe, vantageName } from "../probe.ts";
import type { DialArgs } from "./dial.ts";

/** A small and a large HTTP request to the same port. */
export interface BigRequest {
  readonly small: Attempt;
  readonly large: Attempt;
}

/** More than one full packet, and below the 8 KiB at which servers begin to refuse headers. */
const largeBytes = 4000;

/** Whether size matters on a path: only asked of ports that say they speak HTTP. */
export const probe: ExecProbe<DialArgs, BigRequest> = {
  id: "big-request",
  access: "exec",
  vantage: ({ at }) => at,
  asks: ({ at, family, host, port }) =>
    `a small and a ${largeBytes}-byte HTTP request over ${family} from ${vantageName(at)} to ${joinHostPort(host, port)}`,
  types: ({ host, port, seconds }) => [
    "sh",
    "-c",
    `printf 'GET / HTTP/1.0\\r\\nX-Pad: %${largeBytes}s\\r\\n\\r\\n' x | nc -w ${seconds} ${host} ${port}`,
  ],
  wants: (args) => [want(args, 1), want(args, largeBytes)],
  read: (reading, args) => {
    const small = reading.attempt(want(args, 1));
    const large = reading.attempt(want(args, largeBytes));
    if (!small.ok) return small;
    return large.ok ? answered({ small: small.value, large: large.value }) : large;
  },
  line: ({ small, large }) => `small: ${shown(small)}; large: ${shown(large)}`,
};

function want({ host, port, seconds }: DialArgs, bytes: number): Want {
  return { op: "http", host, port, seconds, bytes };
}

function shown({ ok, text, ms }: Attempt): string {
  return ok ? `${text} in ${ms} ms` : `no response (${text || `nothing in ${ms} ms`})`;
}
