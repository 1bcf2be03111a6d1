import type { Family } from "../addresses/address.ts";
import { joinHostPort } from "../addresses/host-port.ts";
import type { Attempt, Want } from "../probing/bundle.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";

export interface DialArgs {
  readonly at: Vantage;
  readonly family: Family;
  readonly host: string;
  readonly port: number;
  readonly seconds: number;
  /** Seconds after which plain silence is taken for an answer; a shell can do that, the interpreters wait to the end. */
  readonly haste?: number;
  /** It is asked a second time. */
  readonly again?: true;
  /** Asked at the same moment as every other question with this text. */
  readonly together?: string;
  /** It is dialled once more while the counters of this node are read. */
  readonly during?: string;
}

/** A TCP connection; nothing is sent. What connect() answers, and when, tells where to look. */
export const probe: ExecProbe<DialArgs, Attempt> = {
  id: "dial",
  access: "exec",
  vantage: ({ at }) => at,
  asks: ({ at, family, host, port }) =>
    `an ${family} connection from ${vantageName(at)} to ${joinHostPort(host, port)}`,
  types: (args, attempt) => typed(args, attempt?.tool),
  wants: (args) => [want(args)],
  read: (reading, args) => reading.attempt(want(args)),
  line: ({ ok, text, ms }, { seconds }) =>
    ok ? connectedText(ms) : text === "" ? silenceText(ms, seconds) : `${text} after ${ms} ms`,
};

function want({ host, port, seconds, haste }: DialArgs): Want {
  return { op: "dial", host, port, seconds, ...(haste === undefined ? {} : { haste }) };
}

/** A shell's clock counts in steps of 10 ms. */
export function connectedText(ms: number): string {
  return `connected in ${ms === 0 ? "less than 10" : ms} ms`;
}

/** A dial may be given up early; what is said is how long it was waited for. */
export function silenceText(ms: number, seconds: number): string {
  return `no answer in ${Math.min(Math.round(ms / 100) / 10, seconds) || seconds} s`;
}

function typed({ host, port, seconds }: DialArgs, tool: string | undefined): string[] {
  switch (tool) {
    case "bash":
      return ["timeout", `${seconds}`, "bash", "-c", `</dev/tcp/${host}/${port}`];
    case "curl":
      return ["curl", "-v", "--connect-timeout", `${seconds}`, `telnet://${joinHostPort(host, port)}`];
    case "python":
      return ["python3", "-c", `import socket; socket.create_connection(("${host}", ${port}), ${seconds})`];
    case "node":
      return ["node", "-e", `require("net").connect(${port}, "${host}", () => process.exit())`];
    default:
      return ["nc", "-w", `${Math.ceil(seconds)}`, host, `${port}`];
  }
}
