import { type Answer, answered, refused } from "../cluster/cluster.ts";

/** One thing wanted of a container. Everything wanted of one vantage travels in one exec. */
export type Want =
  /** A file, or every file a pattern with `*` matches. */
  | { readonly op: "file"; readonly path: string }
  /** A file read before and after the dials of the same exec. */
  | { readonly op: "moving"; readonly path: string }
  /** The parts of `ip6tables-save -c` that decide a packet's fate, before and after the dials. */
  | { readonly op: "ip6tables" }
  /** The lines of a file that hold a text without blanks, read after the dials: of a large table, what is about us. */
  | { readonly op: "lines"; readonly path: string; readonly text: string }
  /** `nft -j list ruleset`, which kube-proxy's image can print; read before the dials. */
  | { readonly op: "nft" }
  /** A TCP connection, closed at once; nothing is sent. */
  | {
      readonly op: "dial";
      readonly host: string;
      readonly port: number;
      readonly seconds: number;
      readonly haste?: number;
    }
  /** A DNS query to one server, as bytes in hexadecimal, and in words for a container that only has `nslookup`. */
  | {
      readonly op: "lookup";
      readonly host: string;
      readonly port: number;
      readonly seconds: number;
      readonly haste?: number;
      readonly hex: string;
      readonly type: "A" | "AAAA";
      readonly name: string;
    }
  /** An HTTP request padded by `bytes`, and the first line that comes back: told apart by size, a path's MTU shows. */
  | {
      readonly op: "http";
      readonly host: string;
      readonly port: number;
      readonly seconds: number;
      readonly haste?: number;
      readonly bytes: number;
    }
  /** Keeps the exec open, so that what other vantages dial meanwhile falls between "before" and "after". */
  | { readonly op: "hold"; readonly seconds: number };

/** What came of a dial, a DNS query or an HTTP request. */
export interface Attempt {
  /** Connected, or answered. */
  readonly ok: boolean;
  /** Milliseconds, in steps of 10 where a shell measured. */
  readonly ms: number;
  /** bash, nc, curl, nslookup, python or node */
  readonly tool: string;
  /** The error's text, or the answer: a DNS message in hexadecimal (the output of nslookup), the first line of an HTTP response. */
  readonly text: string;
}

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
  /** The interpreters a shell found beside itself; undefined if it was no shell that looked. */
  readonly interpreters: readonly string[] | undefined;
}

/** How a program wants the bytes of a DNS query written. */
export type Bytes = "hex" | "octal";

/** Several questions may want the same; it is fetched once. Files come first, then "before", then what runs side by side. */
export function bundle(wants: readonly Want[]): Want[] {
  const distinct = new Map(wants.map((want) => [JSON.stringify(want), want]));
  return [...distinct.values()].sort((a, b) => rank[a.op] - rank[b.op]);
}

/** The positional parameters of the programs in `scripts.ts`. Names and addresses are only ever data here. */
export function bundleArguments(mark: string, wants: readonly Want[], bytes: Bytes): string[] {
  return [mark, ...wants.flatMap((want, index) => words(want, `${index}`, bytes))];
}

/**
 * Splits the output of the programs in `scripts.ts` exactly. A record is a line `MARK kind name`, then its text and a
 * newline that is not part of the text; an attempt (R) is the line alone. Other kinds: F file, G lines of a file, N nft, B before,
 * A after, E error, T what else the container has.
 * The mark belongs to one exec alone, so that no file can contain it.
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
    ip6tables: () => moving("ip6tables-save"),
    lines: (path, text) => {
      const name = `${path} ${text}`;
      const [key, error] = ["grep", path].map((one) => [one, find("E", one)] as const).find(([, e]) => e) ?? [name];
      return contentOf(key, find("G", name), error);
    },
    nft: () => content("N", "nft"),
    interpreters: find("T", "interpreters")?.text.split(" "),
    attempt: (want) => {
      const index = wants.findIndex((one) => JSON.stringify(one) === JSON.stringify(want));
      return asAttempt(records.find(({ kind, name }) => kind === "R" && name.startsWith(`${index} `)));
    },
  };
}

const rank: Readonly<Record<Want["op"], number>> = {
  file: 0,
  moving: 1,
  nft: 0,
  ip6tables: 1,
  lines: 1,
  dial: 2,
  lookup: 2,
  http: 2,
  hold: 2,
};

function words(want: Want, index: string, bytes: Bytes): string[] {
  switch (want.op) {
    case "file":
      return ["F", want.path];
    case "moving":
      return ["M", want.path];
    case "ip6tables":
      return ["I"];
    case "lines":
      return ["G", want.path, want.text];
    case "nft":
      return ["N"];
    case "dial":
      return ["D", index, want.host, `${want.port}`, ...waits(want)];
    case "lookup": {
      const query = bytes === "hex" ? want.hex : octal(want.hex);
      return ["L", index, want.host, `${want.port}`, ...waits(want), query, want.type, want.name];
    }
    case "http":
      return ["H", index, want.host, `${want.port}`, ...waits(want), `${want.bytes}`];
    case "hold":
      return ["W", `${want.seconds}`];
  }
}

/**
 * Seconds in all, seconds of a first look, and the rest. After the first look a shell gives up where nothing but silence came:
 * no ICMPv6 error that connect() would report with its second packet, no neighbour solicitation without an answer, and for a
 * request no connection.
 */
function waits({ seconds, haste = seconds }: { readonly seconds: number; readonly haste?: number }): string[] {
  return [`${seconds}`, `${haste}`, `${Math.round((seconds - haste) * 100) / 100}`];
}

/** `\ooo` for each byte, the one escape that printf knows in every shell. */
function octal(hex: string): string {
  const pairs = hex.match(/../g) ?? [];
  return pairs.map((pair) => `\\${Number.parseInt(pair, 16).toString(8).padStart(3, "0")}`).join("");
}

interface Piece {
  readonly kind: string;
  readonly name: string;
  readonly text: string;
}

function split(mark: string, stdout: string): Piece[] {
  return stdout.split(`${mark} `).flatMap((part) => {
    const head = /^([A-Z]) ([^\n]*)\n/.exec(part);
    if (!head) return [];
    const text = part.slice(head[0].length);
    return { kind: head[1] ?? "", name: head[2] ?? "", text: text.endsWith("\n") ? text.slice(0, -1) : text };
  });
}

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
  return refused("failed", `${name} could not be read: ${error.text.trim() || "no reason given"}`);
}

function asAttempt(piece: Piece | undefined): Answer<Attempt> {
  const [, status = "none", ms = "0", tool = "", ...rest] = (piece?.name ?? "").split(" ");
  if (!piece || status === "none")
    return refused("no-command", "the container has no program that can open a connection");
  return answered({ ok: status === "ok", ms: Number(ms), tool, text: rest.join(" ").trim() });
}

function matches(pattern: string, path: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^/]*")}$`).test(path);
}
