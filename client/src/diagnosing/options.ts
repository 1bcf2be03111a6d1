import * as vscode from "vscode";
import type { AlsoFrom, Subject } from "#core/diagnosis/diagnosis.ts";
import { publicDns } from "#core/diagnosis/public-dns.ts";
import { l10n } from "../l10n.ts";
import { whatIsSent } from "./what-is-sent.ts";

interface Option extends vscode.QuickPickItem {
  readonly means: "sizes" | "node" | "here";
}

/** What a diagnosis of a target is to do besides; undefined if the user leaves. Nothing is ticked that was not ticked before. */
export async function withOptions(subject: Subject, title: string): Promise<Subject | undefined> {
  const items = optionsOf(subject);
  const chosen = await vscode.window.showQuickPick(items, { title, canPickMany: true, placeHolder: whatIsSent });
  if (chosen === undefined) return undefined;
  const means = new Set(chosen.map((one) => one.means));
  const { sizes: _sizes, alsoFrom = {}, ...rest } = subject;
  const node = means.has("node") ? { node: alsoFrom.node ?? true } : {};
  const also: AlsoFrom = { ...node, ...(means.has("here") ? { here: true } : {}) };
  return {
    ...rest,
    ...(means.has("sizes") ? { sizes: true } : {}),
    ...(Object.keys(also).length > 0 ? { alsoFrom: also } : {}),
    ...(means.has("here") ? { outside: controls() } : {}),
  };
}

function optionsOf({ to, sizes, alsoFrom }: Subject): Option[] {
  const large: Option = {
    means: "sizes",
    label: l10n`$(arrow-both) How large packets may be`,
    detail: l10n`ICMP echoes: two for each family where they pass, up to 20 and some seconds where the path is narrow`,
    picked: sizes === true,
  };
  // Only these have clients that are no pods.
  if (to === undefined || !/^(service|front|object)$/.test(to.kind)) return [large];
  const remote = vscode.env.remoteName;
  const node: Option = {
    means: "node",
    label: l10n`$(server) Dialled from a node as well`,
    detail: l10n`TCP to its load balancer, external IPs and node ports, through a pod that runs in the network of a node`,
    picked: alsoFrom?.node !== undefined,
  };
  const here: Option = {
    means: "here",
    label:
      remote === undefined
        ? l10n`$(vm) Dialled from this machine as well`
        : l10n`$(vm) Dialled as well from the machine VS Code is connected to (${remote})`,
    detail: l10n`the same, and names of its load balancer; the very addresses are shown first`,
    picked: alsoFrom?.here === true,
  };
  return [large, node, here];
}

/** Addresses that may be dialled outside are dialled from here too, where it has to be told whether a family is dead here. */
function controls(): readonly string[] {
  const settings = vscode.workspace.getConfiguration("kube-ipv6.diagnosis");
  if (settings.get<string>("outside", "ask") === "never") return [];
  return settings.get<readonly string[]>("outsideAddresses", publicDns);
}

/** Asked each time, with the addresses themselves: from this machine goes nothing that its user did not see first. */
export async function agreesHere(words: readonly string[]): Promise<boolean> {
  const dial = l10n`Dial`;
  const detail = words.join("\n");
  const question = l10n`May this be sent from this machine?`;
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, dial)) === dial;
}
