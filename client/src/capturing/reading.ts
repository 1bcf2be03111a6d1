import { basename } from "node:path";
import * as vscode from "vscode";
import { captureIn } from "#cluster/read-capture.ts";
import { type AroundCapture, readCapture } from "#core/packets/reading/reading.ts";
import { packetsToMarkdown } from "#core/report/packets.ts";
import { l10n } from "../l10n.ts";
import { pageScheme } from "./page-scheme.ts";

/** What is known of captures of this window beside what stands in their files, by their paths. */
const known = new Map<string, AroundCapture>();

/** Shows what the packets of a file say. */
export async function showReading(file: string, around?: AroundCapture): Promise<void> {
  if (around) known.set(file, around);
  if (!captureIn(file)) throw new Error(l10n`${basename(file)} is no capture of packets: neither pcap nor pcapng.`);
  const page = vscode.Uri.from({ scheme: pageScheme, path: `/${basename(file)}.md`, query: file });
  try {
    await vscode.commands.executeCommand("markdown.showPreview", page);
  } catch {
    // VS Code's own extension for Markdown is off, or is not there.
    await vscode.window.showTextDocument(page, { preview: true });
  }
}

/** The page of a file, read anew whenever somebody opens it. */
export function captureReadingOf(file: string): string {
  const found = captureIn(file);
  const reading = found && readCapture(found.bytes, known.get(file) ?? {});
  return reading ? packetsToMarkdown(reading, basename(file)) : l10n`${basename(file)} cannot be read any more.\n`;
}
