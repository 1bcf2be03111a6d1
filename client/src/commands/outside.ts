import * as vscode from "vscode";
import type { Subject } from "#core/diagnosis/diagnosis.ts";
import { publicDns } from "#core/diagnosis/public-dns.ts";
import { whatIsSent } from "./what-is-sent.ts";

/** What the setting `kube-ipv6.diagnosis.outside` may be. */
type Outside = "ask" | "never" | "addresses";

/**
 * The subject with the addresses outside the cluster that its user agreed to see dialled; undefined if the user leaves. Nothing but a
 * look around goes outside, and where nobody is asked a question, nothing does unless the setting says so.
 */
export async function withOutside(
  subject: Subject,
  { mayAsk }: { readonly mayAsk: boolean },
): Promise<Subject | undefined> {
  if (subject.to !== undefined || subject.outside !== undefined) return subject;
  const settings = vscode.workspace.getConfiguration("kube-ipv6.diagnosis");
  const outside = settings.get<Outside>("outside", "ask");
  const addresses = settings.get<readonly string[]>("outsideAddresses", publicDns);
  if (outside === "never" || addresses.length === 0) return subject;
  if (outside === "addresses") return { ...subject, outside: addresses };
  if (!mayAsk) return subject;
  const stay = "$(home) Stay inside the cluster";
  const chosen = await vscode.window.showQuickPick(
    [
      { label: stay, description: "nothing leaves it", detail: whatIsSent },
      {
        label: "$(globe) See whether a pod gets outside as well",
        detail: `TCP connections to port 53 of ${addresses.join(" and ")}`,
      },
    ],
    {
      title: "IPv6 Diagnosis",
      placeHolder: "May a pod dial addresses outside the cluster? (kube-ipv6.diagnosis.outside)",
    },
  );
  if (chosen === undefined) return undefined;
  return chosen.label === stay ? subject : { ...subject, outside: addresses };
}
