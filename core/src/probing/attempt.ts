import { type Answer, answered, refused } from "../cluster/cluster.ts";
import type { Piece } from "./records.ts";
import type { Want } from "./want.ts";

/** What came of a dial, a DNS query or an HTTP request. */
export interface Attempt {
  /** Connected, or answered. */
  readonly ok: boolean;
  /**
   * Milliseconds, in steps of 10 where a shell measured: by the clock of the process that connected where that can tell (bash,
   * python, node), else with the start of a program.
   */
  readonly ms: number;
  /** bash, nc, curl, nslookup, wget, python or node */
  readonly tool: string;
  /** The error's text, or the answer: a DNS message in hexadecimal (the output of nslookup), the first line of an HTTP response. */
  readonly text: string;
  /** Milliseconds that a dial of the same exec took which never left the container: what is not more than that is no delay of a network. */
  readonly control?: number;
  /** Milliseconds during which the container wanted to run and could not: its CPU limit was reached, or the machine was busy. */
  readonly starved?: number;
}

/**
 * Finds the attempt for a want: `S index` and the text of the program, `C ms` by its own clock, then `R index STATUS MS STARVED TOOL`.
 * The status is the exit code of a program, `late` if it was ended after its time, `none` if there was none; an interpreter
 * judges by itself: `ok`, `fail`. `R index same OTHER` needed no trying, because nothing connects as the other attempt shows;
 * `R index skip OTHER` was not tried, because the other one had no answer already.
 */
export function readAttempt(records: readonly Piece[], index: number, want: Want): Answer<Attempt> {
  const tried = partsOf(records, `${index}`, want);
  const found = tried?.status === "same" ? partsOf(records, tried.other, want) : tried;
  if (found?.status === "skip")
    return refused("failed", "it was not tried, because a smaller request had no answer already");
  if (!found || found.status === "none")
    return refused("no-command", "the container has no program that can open a connection");
  const { status, tool, text, ms, starved } = found;
  // By a signal, for want of memory most likely: that is no word of the network.
  if (want.op === "dial" && Number(status) > 128)
    return refused("failed", `${tool} was killed (${status}) as it dialled`);
  const control = partsOf(records, "c", undefined);
  return answered({
    ...judged(want, status, tool, text),
    ms,
    tool: tool === "query" ? "bash" : tool,
    ...(control && control.status !== "none" ? { control: control.ms } : {}),
    ...(starved === undefined ? {} : { starved }),
  });
}

interface Parts {
  /** Of `same`, the index of the attempt that was made. */
  readonly other: string;
  readonly status: string;
  readonly tool: string;
  readonly text: string;
  readonly ms: number;
  readonly starved: number | undefined;
}

function partsOf(records: readonly Piece[], index: string, want: Want | undefined): Parts | undefined {
  const end = records.findIndex(({ kind, name }) => kind === "R" && name.startsWith(`${index} `));
  if (end < 0) return undefined;
  const begin = records.findIndex(({ kind, name }) => kind === "S" && name === index);
  const own = records.slice(Math.max(begin, 0), end);
  const clock = own.findLast(({ kind, name }) => kind === "C" && name.startsWith(`${index} `))?.name.split(" ")[1];
  const [, status = "none", ms = "0", starved = "", tool = ""] = records[end]?.name.split(" ") ?? [];
  return {
    other: ms,
    status,
    tool,
    text: linesAbout(want, own, !anyBeside(records, index, begin, end)),
    ms: Number(clock ?? ms),
    starved: /^\d+$/.test(starved) ? Number(starved) : undefined,
  };
}

/** Two dials at once print into one stream, a line at a time, and name whom they dialled; what one prints alone is its own. */
function linesAbout(want: Want | undefined, own: readonly Piece[], alone: boolean): string {
  const lines = own.flatMap(({ text }) => text.split("\n"));
  if (want?.op !== "dial") return lines.join("\n");
  // Each address as a whole: one may be the end of another.
  const names = [want.host, `${want.host}:${want.port}`].flatMap((name) => [name, `${name}:`]);
  const about = lines.filter((line) => line.split(/[^\da-f:.]+/i).some((word) => names.includes(word)));
  const exact = about.filter((line) => line.includes(`/${want.host}/${want.port}:`));
  const best = exact.length > 0 ? exact : about;
  return (best.length > 0 || !alone ? best : lines).join("\n");
}

/** Whether another attempt was under way between two records of one. */
function anyBeside(records: readonly Piece[], index: string, begin: number, end: number): boolean {
  return records.slice(0, end).some(({ kind, name }) => {
    if (kind !== "S" || name === index) return false;
    const ended = records.findIndex((one) => one.kind === "R" && one.name.startsWith(`${name} `));
    return ended < 0 || ended > begin;
  });
}

function judged(want: Want, status: string, tool: string, text: string): Pick<Attempt, "ok" | "text"> {
  const line = text.split(/\s+/).join(" ").trim();
  if (status === "ok" || status === "fail") return { ok: status === "ok", text: line };
  const response = [...text.matchAll(/HTTP\/[123][^\r\n]*/g)].at(-1)?.[0].trim();
  if (want.op === "http" && response !== undefined) return { ok: true, text: response };
  if (status === "late") return { ok: false, text: "" };
  if (want.op === "lookup" && (tool === "nslookup" || (status === "0" && line !== ""))) return { ok: true, text: line };
  const ok = want.op === "dial" && (status === "0" || (tool === "curl" && /Connected to/.test(text)));
  return { ok, text: ok ? "" : errorIn(text, tool) || unsaid(want, status, tool) };
}

/** Silence is what is waited for in vain: who ended by himself has met something else. */
function unsaid({ op }: Want, status: string, tool: string): string {
  if (op === "http") return "";
  return op === "lookup" && status === "0" ? "an error came in place of an answer" : `${tool} ended with ${status}`;
}

/** What connect() said, without the names of programs and files before it. */
function errorIn(text: string, tool: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const telling = tool === "curl" ? (lines.find((line) => / failed: /.test(line)) ?? lines.at(-1)) : lines.at(-1);
  return (telling ?? "").split(": ").at(-1)?.trim() ?? "";
}
