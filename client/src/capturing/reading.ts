import { basename } from "node:path";
import * as vscode from "vscode";
import { captureIn } from "#cluster/read-capture.ts";
import type { TakenEnd } from "#core/capturing/pair.ts";
import { readPair } from "#core/packets/pair/pair-reading.ts";
import { type AroundCapture, readCapture } from "#core/packets/reading/reading.ts";
import { pairToMarkdown } from "#core/report/packet-pair.ts";
import { packetsToMarkdown } from "#core/report/packets.ts";
import { l10n } from "../l10n.ts";
import { pageScheme } from "./page-scheme.ts";

/** What is known of captures of this window beside what stands in their files, by their paths. */
const known = new Map<string, AroundCapture>();

/** Shows what the packets of a file say. */
export async function showReading(file: string, around?: AroundCapture): Promise<void> {
  if (around) known.set(file, around);
  if (!captureIn(file)) throw new Error(l10n`${basename(file)} is no capture of packets: neither pcap nor pcapng.`);
  await showPage(vscode.Uri.from({ scheme: pageScheme, path: `/${basename(file)}.md`, query: file }));
}

async function showPage(page: vscode.Uri): Promise<void> {
  try {
    await vscode.commands.executeCommand("markdown.showPreview", page);
  } catch {
    // VS Code's own extension for Markdown is off, or is not there.
    await vscode.window.showTextDocument(page, { preview: true });
  }
}

type EndInFile = TakenEnd & { readonly file: string };

/** Pairs of captures of this window, by what their page is asked for. */
const pairs = new Map<string, readonly EndInFile[]>();

/** Shows how far the packets of two captures come, and what each shows by itself. */
export async function showPair(ends: readonly EndInFile[]): Promise<void> {
  const title = l10n`${ends[0]?.node} and ${ends[1]?.node}`;
  const query = `${pairs.size + 1}`;
  pairs.set(query, ends);
  for (const { file, around } of ends) known.set(file, around);
  await showPage(vscode.Uri.from({ scheme: pageScheme, path: `/${title}.md`, query }));
}

function pairReadingOf(ends: readonly EndInFile[]): string {
  const [one, other] = ends.map((end) => ({ ...end, bytes: captureIn(end.file)?.bytes ?? new Uint8Array() }));
  const reading = one && other && readPair([one, other]);
  const title = l10n`Packets between ${one?.whose} and ${other?.whose}`;
  const each = ends.map(({ file }) => captureReadingOf(file));
  return [...(reading ? [pairToMarkdown(reading, title)] : []), ...each].join("\n");
}

/** The page of a file, read anew whenever somebody opens it; or of a pair. */
export function captureReadingOf(file: string): string {
  const pair = pairs.get(file);
  if (pair) return pairReadingOf(pair);
  const found = captureIn(file);
  const reading = found && readCapture(found.bytes, known.get(file) ?? {});
  return reading ? packetsToMarkdown(reading, basename(file)) : l10n`${basename(file)} cannot be read any more.\n`;
}
