/** One option of an operation. */
export interface Input {
  /** A short name beside the long one: `n` for `--namespace`. */
  readonly short?: string;
  /** What stands behind it: a word for people such as FILE, or the words it knows. A switch takes nothing. */
  readonly takes?: string | readonly string[];
  /** Said in brackets where nothing is given. */
  readonly byDefault?: string;
  /** It may be given again. */
  readonly repeatable?: true;
  /** What it does, one line or several. */
  readonly says: string;
}

/**
 * What kube-ipv6 can do, described once, beside what does it (cli/src/commands/<name>.ts): the command of the command line with its
 * help, its options and their completion, the tool of agents, and the page on all commands are made of it.
 */
export interface Operation<I extends Readonly<Record<string, Input>> = Readonly<Record<string, Input>>> {
  /** Behind `kube-ipv6`. */
  readonly name: string;
  /** Help lists them by this number, the smallest first: what people do first comes first. */
  readonly listed: number;
  /** The command of the editor that does the same: `kube-ipv6.diagnose`. */
  readonly editor?: string;
  /** In one line, for a list. */
  readonly summary: string;
  /** Behind the name: `[OPTIONS] PATH...` */
  readonly usage: string;
  /** What stands there that is no option: files, a name. */
  readonly operands?: {
    readonly name: string;
    readonly says: string;
    readonly many?: true;
    /** The words there are. */
    readonly words?: readonly string[];
  };
  /** What it does, in one paragraph. */
  readonly says: string;
  /** By their long names. */
  readonly inputs: I;
  /** Agents may use it, with these of its inputs. */
  readonly tool?: {
    readonly title: string;
    /** To an agent: what it answers, and when to ask. */
    readonly says: string;
    readonly takes: readonly string[];
    /** Manifests may be given as text; what that text is. */
    readonly text?: string;
    readonly required?: readonly string[];
    readonly asksCluster?: true;
  };
  /** What is to be known besides. */
  readonly besides?: string;
  /** What each exit code says that it can end with. */
  readonly exits: Readonly<Partial<Record<0 | 1 | 2 | 3, string>>>;
  /** Nothing is written, be it a file or in a cluster, unless an input that says so is given; what was created is removed. */
  readonly writes:
    | "nothing"
    | "files that an option names"
    | "files that an option names, and in a cluster what is agreed to"
    | "in a cluster what is agreed to, removed at the end"
    | "deletes what it has created"
    | "an object of the cluster, once its change was shown and agreed to";
}

/** Keeps the names and kinds of its inputs, so that a command knows what it is given. */
export function described<const I extends Readonly<Record<string, Input>>>(described: Operation<I>): Operation<I> {
  return described;
}

/** The options of a command as node:util's parseArgs wants them. */
export type OptionsOf<I extends Readonly<Record<string, Input>>> = {
  readonly [N in keyof I]: (I[N] extends { readonly takes: unknown }
    ? I[N] extends { readonly repeatable: true }
      ? { readonly type: "string"; readonly multiple: true }
      : { readonly type: "string" }
    : { readonly type: "boolean" }) &
    (I[N] extends { readonly short: infer S extends string } ? { readonly short: S } : unknown);
};

export function optionsOf<I extends Readonly<Record<string, Input>>>({ inputs }: Operation<I>): OptionsOf<I> {
  const options = Object.entries<Input>(inputs).map(([name, { takes, repeatable, short }]) => [
    name,
    {
      type: takes === undefined ? "boolean" : "string",
      ...(repeatable && takes !== undefined ? { multiple: true } : {}),
      ...(short ? { short } : {}),
    },
  ]);
  return Object.fromEntries(options) as OptionsOf<I>;
}

const widest = 118;

/** The help of a command, ending with a newline. */
export function usageOf({ name, usage, says, inputs, besides, exits }: Operation): string {
  const rows = Object.entries<Input>(inputs).map(([option, input]) => [optionText(option, input), input] as const);
  const column = Math.min(42, Math.max(0, ...rows.map(([text]) => text.length)) + 4);
  const lines = rows.flatMap(([text, { says: what, byDefault }]) => {
    const wrapped = wrap(byDefault === undefined ? what : `${what} (${byDefault})`, widest - column);
    const pad = " ".repeat(column);
    // A long option has a line to itself.
    const head =
      text.length + 2 < column ? [`  ${text.padEnd(column - 2)}${wrapped[0]}`] : [`  ${text}`, pad + wrapped[0]];
    return [...head, ...wrapped.slice(1).map((line) => pad + line)];
  });
  const codes = wrap(
    `Exit code: ${Object.entries(exits)
      .map(([code, means]) => `${code} ${means}`)
      .join(", ")}.`,
    widest,
  );
  return `${[
    `Usage: kube-ipv6 ${name} ${usage}`,
    wrap(says.replaceAll("\n", " "), widest).join("\n"),
    ...(lines.length > 0 ? [lines.join("\n")] : []),
    [...(besides ? [besides] : []), ...codes].join("\n"),
  ].join("\n\n")}\n`;
}

/** `-n, --namespace NAME`, `--format text|json` */
export function optionText(name: string, { short, takes }: Input): string {
  const value = takes === undefined ? "" : ` ${typeof takes === "string" ? takes : takes.join("|")}`;
  return `${short ? `-${short}, ` : ""}--${name}${value}`;
}

/** Lines of at most so many characters; lines that are there already stay. */
function wrap(text: string, width: number): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    let line = "";
    for (const word of paragraph.split(/(?<=\S) (?=\S)/)) {
      if (line !== "" && line.length + 1 + word.length > width) {
        lines.push(line);
        line = word;
      } else line = line === "" ? word : `${line} ${word}`;
    }
    return [...lines, line];
  });
}
