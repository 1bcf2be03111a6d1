import type { Family } from "../addresses/address.ts";
import type { HereName } from "../probing/here.ts";
import type { HereProbe } from "../probing/probe.ts";

export interface HereNameArgs {
  readonly name: string;
  readonly family: Family;
}

/** The addresses of a name, by the resolver of this machine. */
export const probe: HereProbe<HereNameArgs, HereName> = {
  id: "here-name",
  access: "here",
  asks: ({ name, family }) => `the ${family} addresses of ${name} as this machine resolves it`,
  types: ({ name, family }) => ["getent", family === "IPv6" ? "ahostsv6" : "ahostsv4", name],
  look: (here, { name, family }, signal) => here.resolve(name, family, signal),
  line: ({ addresses, error }) => (addresses.length > 0 ? addresses.join(", ") : `no address (${error})`),
};
