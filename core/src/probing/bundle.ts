import { type Answer, answered, refused } from "../cluster/cluster.ts";
import { type Attempt, readAttempt } from "./attempt.ts";
import { type Printed, readProgram } from "./printed.ts";
import { type Piece, split } from "./records.ts";
import { type Room, roomIn } from "./room.ts";
import { readEchoes, type SentEchoes } from "./sizes.ts";
import type { ProgramWant, Want } from "./want.ts";

export type { Attempt } from "./attempt.ts";
export type { Printed } from "./printed.ts";
export type { Want } from "./want.ts";

export interface BeforeAfter {
  readonly before: string;
  readonly after: string;
}

/** The output of one exec, by what was wanted. */
export interface Reading {
  file(path: string): Answer<string>;
  /** The files that a pattern matched. */
  files(pattern: string): readonly { readonly path: string; readonly text: string }[];
  moving(path: string): Answer<BeforeAfter>;
  ip6tables(): Answer<BeforeAfter>;
  lines(path: string, text: string): Answer<string>;
  nft(): Answer<string>;
  attempt(want: Want): Answer<Attempt>;
  program(want: ProgramWant): Answer<Printed>;
  echoes(want: Want): Answer<SentEchoes>;
  /** What the container may still use, as it saw at the start; undefined if it did not look. */
  readonly room: Room | undefined;
  /** The interpreters a shell found beside itself; undefined if it was no shell that looked. */
  readonly interpreters: readonly string[] | undefined;
}

/** Several questions may want the same; it is fetched once. Files come first, then "before", then what runs side by side. */
export function bundle(wants: readonly Want[]): Want[] {
  const distinct = new Map(wants.map((want) => [JSON.stringify(want), want]));
  return [...distinct.values()].sort((a, b) => rankOf(a) - rankOf(b));
}

/**
 * Splits the output of the programs that asked (`shell-program.ts` and its likes) exactly. A record is a line `MARK kind name`, then its text and a
 * newline that is not part of the text. Kinds: F file, G lines of a file, N nft, B before, A after, E error, T what else the
 * container has, K the room that was left, W that a hold has begun, Z the end; S, C and R are parts of an attempt, V and Q of
 * what a program printed, U an echo.
 * The mark is random and belongs to one exec alone, so that no file can contain it.
 */
export function readBundle(mark: string, stdout: string, wants: readonly Want[]): Reading {
  const records = split(mark, stdout);
  const find = (kind: string, name: string) => records.find((record) => record.kind === kind && record.name === name);
  const content = (kind: string, name: string) => contentOf(name, find(kind, name), find("E", name));
  const moving = (name: string): Answer<BeforeAfter> => {
    const before = content("B", name);
    const after = content("A", name);
    if (!before.ok) return before;
    return after.ok ? answered({ before: before.value, after: after.value }) : after;
  };
  return {
    file: (path) => content("F", path),
    files: (pattern) => records.filter(({ kind, name }) => kind === "F" && matches(pattern, name)).map(asFile),
    moving,
    ip6tables: () => ruleset(moving("ip6tables-save")),
    room: roomIn(find("K", "room")?.text),
    lines: (path, text) => {
      const name = `${path} ${text}`;
      const [key, error] = ["grep", path].map((one) => [one, find("E", one)] as const).find(([, e]) => e) ?? [name];
      return contentOf(key, find("G", name), error);
    },
    nft: () => {
      const text = content("N", "nft");
      return text.ok && !text.value.startsWith("{") ? unreadable("nft", text.value) : text;
    },
    interpreters: find("T", "interpreters")?.text.split(" "),
    attempt: (want) => readAttempt(records, placeIn(wants, want), want),
    program: (want) => readProgram(records, placeIn(wants, want), want),
    echoes: (want) => readEchoes(records, placeIn(wants, want)),
  };
}

function placeIn(wants: readonly Want[], want: Want): number {
  return wants.findIndex((one) => JSON.stringify(one) === JSON.stringify(want));
}

function rankOf(want: Want): number {
  return want.op === "program" && !want.during ? 3 : rank[want.op];
}

const rank: Readonly<Record<Want["op"], number>> = {
  silence: -1,
  file: 0,
  moving: 1,
  nft: 0,
  await: 0.5,
  program: 1.2,
  hold: 1.5,
  ip6tables: 1,
  lines: 1,
  dial: 2,
  lookup: 2.1,
  http: 2,
  echo: 2.4,
  size: 2.5,
};

function asFile({ name, text }: Piece): { path: string; text: string } {
  return { path: name, text };
}

/** That a file does not exist is an answer of its own: it is often the evidence. */
function contentOf(name: string, piece: Piece | undefined, error: Piece | undefined): Answer<string> {
  if (piece) return answered(piece.text);
  if (!error) return refused("failed", `${name} is not in the output: the command ended before it got there`);
  const missing = /no such file|not found/i.test(error.text);
  if (missing && name.startsWith("/")) return refused("absent", `${name} does not exist`);
  if (missing) return refused("no-command", `the container has no ${name}`);
  if (error.text.startsWith("no room"))
    return refused("no-room", `the container has too little memory left for ${name}, which prints every rule`);
  return unreadable(name, error.text);
}

/**
 * A program that prints rules says there, too, why it cannot; of rules every table begins with its name, and ends with COMMIT. That there
 * are others which it does not print is no such word.
 */
function ruleset(texts: Answer<BeforeAfter>): Answer<BeforeAfter> {
  if (!texts.ok) return texts;
  const { before, after } = texts.value;
  const odd = [before, after].find((text) => text.replace(/^# Warning: .*/gm, "").trim() !== "" && !/^\*/m.test(text));
  if (odd !== undefined) return unreadable("ip6tables-save", odd);
  if (tablesOf(before) !== tablesOf(after) || [before, after].some((text) => !isWhole(text)))
    return unreadable("ip6tables-save", "the end of a table is missing");
  return texts;
}

function tablesOf(text: string): string {
  return (text.match(/^\*\S+/gm) ?? []).sort().join(" ");
}

function isWhole(text: string): boolean {
  return text.match(/^\*\S+/gm)?.length === text.match(/^COMMIT\s*$/gm)?.length;
}

function unreadable(name: string, reason: string): Answer<never> {
  return refused("failed", `${name} could not be read: ${reason.trim() || "no reason given"}`);
}

function matches(pattern: string, path: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^/]*")}$`).test(path);
}
