import type { Diagnosis, Verdict } from "#core/diagnosis/diagnosis.ts";
import { nodeRisk } from "#core/judging/node-risk.ts";
import { type ProposedChange, propose } from "#core/mends/propose.ts";
import { proposalWords } from "#core/mends/words.ts";
import { commandView } from "#core/report/fix-command.ts";
import { terminal } from "../terminal.ts";
import type { OpenedToChange } from "./open.ts";
import { type CauseTold, offeredTold } from "./told.ts";

/** What is proven and what would mend it: a change that can be agreed to, where the API can make one. */
export interface MendOffer {
  readonly verdict: Verdict;
  readonly proposal?: ProposedChange;
  readonly told: CauseTold;
}

/** Asks the server what it would make of it; nothing is changed. */
export async function offerOf(
  { cluster, changes }: OpenedToChange,
  verdict: Verdict,
  diagnosis: Diagnosis,
  signal: AbortSignal,
): Promise<MendOffer> {
  const { cause, summary, because, fix, commands = [], mend: wanted } = verdict;
  const from = diagnosis.symptoms.flatMap(({ from: text }) => /^pod (\S+)$/.exec(text)?.[1] ?? [])[0];
  const found = wanted && (await propose(cluster, changes, wanted, { ...(from ? { from } : {}), signal }));
  const proposal = found && !("not" in found) ? found : undefined;
  // What was just said not to work is not given to be copied.
  const onNodes = proposal ? [] : commands.filter((one) => nodeRisk(one) !== undefined);
  const told: CauseTold = {
    cause,
    summary,
    because,
    ...(proposal ? { offered: offeredTold(proposal, cluster) } : {}),
    ...(found && "not" in found ? { notOffered: found.not.replace(/\.$/, "") } : {}),
    commands: onNodes.map((one) => commandView(one, diagnosis.context)),
    ...(fix && !found ? { byHand: fix } : {}),
  };
  return { verdict, told, ...(proposal ? { proposal } : {}) };
}

export function printOffer({ told, proposal }: MendOffer, { cluster }: OpenedToChange): void {
  const { cause, summary, because, notOffered, commands, byHand } = told;
  terminal.print(`${cause} is proven: ${summary}\n${because}.\n\n`);
  if (proposal) terminal.print(`${proposalWords(proposal, cluster).join("\n")}\n\n`);
  if (notOffered !== undefined) terminal.print(`Not offered as a change: ${notOffered}.\n`);
  for (const { command, on, risk } of commands) terminal.print(`On ${on}: ${command}\n  ${risk}\n`);
  if (byHand !== undefined) terminal.print(`To be done by hand: ${byHand}\n`);
  if (!proposal) terminal.print("\n");
}
