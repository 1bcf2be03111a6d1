import type { Diagnosis, Verdict } from "#core/diagnosis/diagnosis.ts";
import { nodeRisk } from "#core/judging/node-risk.ts";
import { type ProposedChange, propose } from "#core/mends/propose.ts";
import { proposalWords } from "#core/mends/words.ts";
import { commandView } from "#core/report/fix-command.ts";
import type { Exit } from "../command.ts";
import { terminal } from "../terminal.ts";
import type { OpenedToChange } from "./open.ts";

/** Prints what is proven and what would mend it; the proposal, where the API can. */
export async function showChange(
  { cluster, changes }: OpenedToChange,
  verdict: Verdict,
  diagnosis: Diagnosis,
  signal: AbortSignal,
): Promise<ProposedChange | undefined> {
  const { cause, summary, because, fix, commands = [], mend: wanted } = verdict;
  terminal.print(`${cause} is proven: ${summary}\n${because}.\n\n`);
  const from = diagnosis.symptoms.flatMap(({ from: text }) => /^pod (\S+)$/.exec(text)?.[1] ?? [])[0];
  const proposal = wanted && (await propose(cluster, changes, wanted, { ...(from ? { from } : {}), signal }));
  if (proposal && !("not" in proposal)) {
    terminal.print(`${proposalWords(proposal, cluster).join("\n")}\n\n`);
    return proposal;
  }
  if (proposal) terminal.print(`Not offered as a change: ${proposal.not.replace(/\.$/, "")}.\n`);
  for (const one of commands) {
    const risk = nodeRisk(one);
    // What was just said not to work is not printed to be copied.
    if (risk === undefined) continue;
    const { command: line, on } = commandView(one, diagnosis.context);
    terminal.print(`On ${on}: ${line}\n  ${risk}\n`);
  }
  if (fix && !proposal) terminal.print(`To be done by hand: ${fix}\n`);
  terminal.print("\n");
  return undefined;
}

/** What is said where there is nothing to mend. */
export function nothingProven({ families }: Diagnosis, cause: string | undefined): Exit {
  const fails = families.IPv6.fails.length + families.IPv4.fails.length > 0;
  const what = cause === undefined ? "No cause is proven" : `${cause} is not proven`;
  terminal.print(fails ? `${what}, so that nothing is offered; kube-ipv6 diagnose says more.\n` : "Nothing fails.\n");
  return fails ? 1 : 0;
}
