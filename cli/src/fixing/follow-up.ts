import type { Change } from "#core/cluster/changes.ts";
import type { Diagnosis, Verdict } from "#core/diagnosis/diagnosis.ts";
import type { ProposedChange } from "#core/mends/propose.ts";
import { kubectlLine } from "#core/probing/kubectl.ts";
import type { Exit } from "../command.ts";
import { askAgain } from "./ask-again.ts";
import type { OpenedToChange } from "./open.ts";
import type { FixTold } from "./told.ts";

interface Around {
  readonly told: FixTold;
  readonly print: (text: string) => void;
  /** The question that found the cause. */
  readonly ask: () => Promise<Diagnosis>;
  readonly signal: AbortSignal;
}

/** Says how a change that was made is undone, and sees whether it helped, or what a person has to do before it can. */
export async function followUp(
  { changes }: OpenedToChange,
  { verdict, proposal }: { readonly verdict: Verdict; readonly proposal: ProposedChange },
  change: Change,
  { told, print, ask, signal }: Around,
): Promise<Exit> {
  const made = { id: change.id, undo: `kube-ipv6 fix --undo ${change.id}` };
  told.change = made;
  print(`Changed. ${made.undo} puts it back.\n`);
  if (proposal.afterwards.length > 0) {
    changes.write({ ...change, phase: "kept" });
    const again = ["kube-ipv6", "diagnose", ...change.asked].join(" ");
    const says = `Now run: ${kubectlLine(change.context, proposal.afterwards)}\nand then: ${again}`;
    told.change = { ...made, says };
    print(`${says}\n`);
    return 1;
  }
  const held = await askAgain(verdict, proposal.way, ask, signal);
  if (signal.aborted) return 1;
  changes.write({ ...change, phase: "kept" });
  told.change = { ...made, verified: held.holds, says: held.says };
  print(held.holds ? `Verified: ${held.says}.\n` : `Not verified: ${held.says}.\nIt is undone by: ${made.undo}\n`);
  return held.holds ? 0 : 1;
}
