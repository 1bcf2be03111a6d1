import type { Subject } from "#core/diagnosis/diagnosis.ts";
import type { Step } from "#test/lab/faults.ts";
import type { LabOptions } from "#test/lab/options.ts";

/** What people reported and what only looks like it: each in a lab of its own, with strangers' packets all the while. */
export interface LabCase {
  readonly what: string;
  readonly lab?: Partial<LabOptions>;
  /** A program under /usr/sbin that it takes beside those of any lab. */
  readonly program?: string;
  readonly make: readonly Step[];
  readonly subject: Subject;
  /** The causes that are proven, and no others; none where nothing is known to be wrong. */
  readonly proves: readonly string[];
  /** Where a dial is seen to die, though no cause is proven. */
  readonly dies?: { readonly at: string; readonly because: RegExp };
  /** Nothing fails. */
  readonly healthy?: true;
  /** What is told though nothing fails of it; not compared where it is left out. */
  readonly notices?: readonly string[];
}

export const from = { namespace: "default", name: "n1-p1" };
export const pair: Subject = { from, to: { kind: "pod", namespace: "default", name: "n2-p1" } };
export const service: Subject = { from, to: { kind: "service", namespace: "default", name: "web" } };
export const outside: Subject = { from, to: { kind: "address", address: "2001:db8:ffff::1", port: 80 } };

export const by = (netns: string, ...commands: readonly string[]): Step[] =>
  commands.map((command) => ({ in: netns, run: command.split(" ") }));
export const nft = (netns: string, ...commands: readonly string[]): Step[] =>
  commands.map((command) => ({ in: netns, run: ["nft", command] }));
