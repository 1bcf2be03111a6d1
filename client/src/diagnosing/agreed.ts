import * as vscode from "vscode";
import type { Subject } from "#core/diagnosis/diagnosis.ts";
import { publicDns } from "#core/diagnosis/public-dns.ts";
import { targetName } from "#core/judging/subject.ts";
import { l10n } from "../l10n.ts";
import { withOptions } from "./options.ts";
import { whatIsSent } from "./what-is-sent.ts";

/** What the setting `kube-ipv6.diagnosis.outside` may be. */
type Outside = "ask" | "never" | "addresses";

const title = l10n`IPv6 Diagnosis`;

/**
 * The subject with the addresses outside the cluster that its user agreed to see dialled; undefined if the user leaves. Nothing but a
 * look around goes outside. Who chose a subject was told what is sent while choosing; who clicked on a row or a document is told
 * here, unless the setting says otherwise; a subject that another extension gave stands for its user's yes, and goes nowhere else.
 */
export async function agreed(subject: Subject, how: "chosen" | "clicked" | "given"): Promise<Subject | undefined> {
  const settings = vscode.workspace.getConfiguration("kube-ipv6.diagnosis");
  const mayAsk = how === "chosen" || (how === "clicked" && settings.get<boolean>("ask", true));
  const asks =
    mayAsk && (how === "clicked" || subject.to !== undefined) ? () => mayStart(subject) : async () => subject;
  if (subject.to !== undefined || subject.outside !== undefined) return asks();
  const outside = settings.get<Outside>("outside", "ask");
  const addresses = settings.get<readonly string[]>("outsideAddresses", publicDns);
  if (outside === "never" || addresses.length === 0) return asks();
  if (outside === "addresses") return (await asks()) && { ...subject, outside: addresses };
  return mayAsk ? mayLeave(subject, addresses) : subject;
}

async function mayLeave(subject: Subject, addresses: readonly string[]): Promise<Subject | undefined> {
  const stay = l10n`$(home) Stay inside the cluster`;
  const chosen = await vscode.window.showQuickPick(
    [
      { label: stay, description: l10n`nothing leaves it`, detail: whatIsSent },
      {
        label: l10n`$(globe) See whether a pod gets outside as well`,
        detail: l10n`TCP connections to port 53 of ${addresses.join(" and ")}`,
      },
    ],
    { title, placeHolder: l10n`May a pod dial addresses outside the cluster? (kube-ipv6.diagnosis.outside)` },
  );
  if (chosen === undefined) return undefined;
  return chosen.label === stay ? subject : { ...subject, outside: addresses };
}

/** A target has options; who chose one is told there, too. */
async function mayStart(subject: Subject): Promise<Subject | undefined> {
  const { from, to } = subject;
  const about = [
    ...(from ? [l10n`from pod ${from.namespace}/${from.name}`] : []),
    ...(to ? [l10n`to ${targetName(to)}`] : []),
  ].join(" ");
  if (to) return withOptions(subject, l10n`IPv6 Diagnosis ${about}: start, and find out besides`);
  const chosen = await vscode.window.showQuickPick(
    [{ label: l10n`$(play) Diagnose ${about || l10n`the whole cluster`}`, detail: whatIsSent }],
    { title, placeHolder: l10n`Start? (kube-ipv6.diagnosis.ask)` },
  );
  return chosen && subject;
}
