import * as vscode from "vscode";
import type { EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { l10n } from "../l10n.ts";

export const declared: Declared = {
  title: "Say What a Packet Capture Shows",
  menus: {
    "explorer/context": [{ when: "resourceExtname =~ /^\\.(pcap|pcapng|cap)$/", group: "7_kube-ipv6" }],
  },
};

/** What the packets of a pcap or pcapng file show, in words: of the file in the explorer, or of one that is chosen. */
export const command: EditorCommand = async (_, argument) => {
  const files = l10n`Packet captures`;
  const chosen =
    argument instanceof vscode.Uri
      ? [argument]
      : await vscode.window.showOpenDialog({ filters: { [files]: ["pcap", "pcapng", "cap"] } });
  const [file] = chosen ?? [];
  if (file === undefined) return;
  const { showReading } = await import("../capturing/reading.ts");
  await showReading(file.fsPath);
};
