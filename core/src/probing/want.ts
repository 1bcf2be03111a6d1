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
  /**
   * What a program of the container prints that only reads: an argv of ours in which names of the cluster stand as data. The
   * first of `names` that is there runs, alone, and is ended when its time is over or it has printed so many bytes.
   */
  | {
      readonly op: "program";
      readonly names: readonly [string, ...string[]];
      /** None is empty, and none holds a line break. */
      readonly args: readonly string[];
      readonly seconds: number;
      /** What it takes of memory. */
      readonly kilobytes: number;
      /** Bytes that are read of it. */
      readonly most: number;
      /** It tells of what happens meanwhile: it is started before the hold of the same exec, and ended with it. */
      readonly during?: true;
    }
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
      /** In small packets, a moment apart: no path is too narrow for them. */
      readonly pieces?: true;
    }
  /**
   * ICMP echoes of several sizes, one after the other: as large as `most` bytes, of which `headers` are headers, and where that does not
   * come back smaller ones by halves, or at first what it may be.
   */
  | {
      readonly op: "size";
      readonly host: string;
      readonly headers: number;
      readonly most: number;
      readonly likely?: number;
      readonly seconds: number;
    }
  /** One ICMP echo as large as the interface takes, of which `headers` are headers; none is sent to whom nothing connects. */
  | { readonly op: "echo"; readonly host: string; readonly headers: number }
  /** For how long a program waits for a sign of life before it ends itself, if not as usual. */
  | { readonly op: "silence"; readonly seconds: number }
  /** What surrounds packets, and they themselves, wait until somebody says so: by then others watch them. Files are read before. */
  | { readonly op: "await" }
  /** Keeps the exec open, so that what other vantages dial meanwhile falls between "before" and "after". */
  | { readonly op: "hold"; readonly seconds: number };

/** Whether it means something only around what is dialled: a "before" and an "after". */
export function surrounds({ op }: Want): boolean {
  return op === "moving" || op === "ip6tables";
}

/** Whether packets leave, here or elsewhere, between "before" and "after". */
export function dials({ op }: Want): boolean {
  return sending.has(op);
}

const sending: ReadonlySet<Want["op"]> = new Set(["dial", "lookup", "http", "echo", "size", "hold"]);

/** How a program wants the bytes of a DNS query written. */
export type BytesNotation = "hex" | "octal";

/** The positional parameters of the programs that asked (`shell-program.ts` and its likes). Names and addresses are only ever data here. */
export function bundleArguments(wants: readonly Want[], bytes: BytesNotation): string[] {
  return wants.flatMap((want, index) => words(want, `${index}`, bytes));
}

function words(want: Want, index: string, bytes: BytesNotation): string[] {
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
    case "program":
      return [want.during ? "Y" : "X", index, want.names.join(" "), ...limitsOf(want), want.args.join("\n")];
    case "dial":
      return ["D", index, want.host, `${want.port}`, ...waits(want)];
    case "lookup": {
      const query = bytes === "hex" ? want.hex : octal(want.hex);
      return ["L", index, want.host, `${want.port}`, ...waits(want), query, want.type, want.name];
    }
    case "http":
      return [
        "H",
        index,
        want.host,
        `${want.port}`,
        ...waits(want),
        `${want.bytes}${want.pieces ? "p" : ""}`,
        hex(want.port),
      ];
    case "size":
      return [
        "U",
        index,
        want.host,
        `${want.headers}`,
        `${want.most}`,
        hundredths(want.seconds),
        `${want.likely ?? ""}`,
      ];
    case "echo":
      return ["E", index, want.host, `${want.headers}`];
    case "await":
      return ["A"];
    case "silence":
      return ["P", hundredths(want.seconds)];
    case "hold":
      return ["W", hundredths(want.seconds)];
  }
}

/**
 * Whole seconds that no attempt reaches, for programs with a limit of their own; hundredths of a first look, and the rest. After
 * the first look a shell gives up where nothing but silence came: no ICMPv6 error that connect() would report with its second
 * packet, no neighbour solicitation without an answer, and for a request no connection.
 */
function waits({ seconds, haste = seconds }: { readonly seconds: number; readonly haste?: number }): string[] {
  return [`${Math.floor(seconds) + 1}`, hundredths(haste), hundredths(seconds - haste)];
}

export type ProgramWant = Extract<Want, { op: "program" }>;

function limitsOf({ seconds, kilobytes, most }: ProgramWant): string[] {
  return [hundredths(seconds), `${kilobytes}`, `${most}`];
}

function hundredths(seconds: number): string {
  return `${Math.round(seconds * 100)}`;
}

/** As /proc/net/tcp6 writes a port. */
function hex(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, "0");
}

/** `\ooo` for each byte, the one escape that printf knows in every shell. */
function octal(hex: string): string {
  const pairs = hex.match(/../g) ?? [];
  return pairs.map((pair) => `\\${Number.parseInt(pair, 16).toString(8).padStart(3, "0")}`).join("");
}
