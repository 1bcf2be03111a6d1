import type { Family } from "../addresses/address.ts";
import { joinHostPort } from "../addresses/host-port.ts";
import type { HereAttempt } from "../probing/here.ts";
import type { HereProbe } from "../probing/probe.ts";
import { connectedText, silenceText } from "./dial.ts";

export interface HereDialArgs {
  readonly family: Family;
  readonly host: string;
  readonly port: number;
  readonly seconds: number;
}

/** A TCP connection from this machine; nothing is sent. */
export const probe: HereProbe<HereDialArgs, HereAttempt> = {
  id: "here-dial",
  access: "here",
  asks: ({ family, host, port }) => `an ${family} connection from this machine to ${joinHostPort(host, port)}`,
  types: ({ host, port, seconds }) => ["nc", "-v", "-w", `${Math.ceil(seconds)}`, host, `${port}`],
  look: (here, args, signal) => here.dial(args, signal),
  line: ({ ok, text, ms, route }, { seconds, family }) => {
    if (!route) return `no ${family} route of this machine leads there (${text}); nothing was sent`;
    return ok ? connectedText(ms) : text === "" ? silenceText(ms, seconds) : `${text} after ${ms} ms`;
  },
};
