import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Diagnosis, Saved } from "#core/diagnosis/diagnosis.ts";
import type { Subject } from "#core/judging/subject.ts";
import { type Conclusion, conclusionOf } from "#core/report/conclusions.ts";

/** A diagnosis that was made, as a list shows it; its observations are in a file beside it. */
export interface HistoryEntry {
  readonly id: string;
  readonly context: string;
  readonly subject: Subject;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly conclusions: readonly Pick<Conclusion, "family" | "state">[];
  /** Why there is no conclusion. */
  readonly stopped?: string;
  /** Summaries of the causes that were proven. */
  readonly causes: readonly string[];
  /** The diagnosis of the same that stood in its place before. */
  readonly after?: string;
  /** It is the recorded one. */
  readonly demo?: boolean;
}

export type DiagnosisOrigin = { readonly [K in "after" | "demo"]?: HistoryEntry[K] | undefined };

/** More than these nobody looks back to. */
const most = 30;
const recent = 5;

/** The diagnoses of this user, kept as files that only they can read. What is kept is what was observed: it is judged anew. */
export class History {
  readonly #folder: string;
  readonly #changed: () => void;
  #entries: Promise<readonly HistoryEntry[]> | undefined;

  constructor(folder: string, changed: () => void) {
    this.#folder = folder;
    this.#changed = changed;
  }

  /** The latest first. */
  list(): Promise<readonly HistoryEntry[]> {
    this.#entries ??= this.#read();
    return this.#entries;
  }

  async add(diagnosis: Diagnosis, origin: DiagnosisOrigin = {}): Promise<HistoryEntry> {
    const { saved } = await import("#core/diagnosis/diagnosis.ts");
    const entry = entryOf(diagnosis, origin);
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await this.#write(entry.id, "saved", saved(diagnosis));
    await this.#write(entry.id, "entry", entry);
    const known = await this.#read();
    const twins = known.filter(
      ({ id, context, startedAt }) => id !== entry.id && context === entry.context && startedAt === entry.startedAt,
    );
    const others = known.filter((one) => !twins.includes(one));
    await this.remove([...twins, ...others.slice(most)].map(({ id }) => id));
    return entry;
  }

  /** Judges what was kept by the causes of today. Throws if it is not there any more. */
  async open(id: string): Promise<Diagnosis> {
    const { diagnoseSaved } = await import("#core/diagnosis/diagnosis.ts");
    return diagnoseSaved(JSON.parse(await readFile(this.#file(id, "saved"), "utf8")) as Saved);
  }

  /** What was diagnosed last in a context, the latest first, each once. */
  async subjects(context: string): Promise<readonly Subject[]> {
    const own = (await this.list()).filter((entry) => entry.context === context);
    return [...new Map(own.map(({ subject }) => [JSON.stringify(subject), subject])).values()].slice(0, recent);
  }

  async entry(id: string): Promise<HistoryEntry | undefined> {
    return (await this.list()).find((one) => one.id === id);
  }

  async remove(ids: readonly string[]): Promise<void> {
    await Promise.all(
      ids.flatMap((id) => (["saved", "entry"] as const).map((what) => rm(this.#file(id, what), { force: true }))),
    );
    this.#entries = undefined;
    this.#changed();
  }

  /** Another window may have written since. */
  async #read(): Promise<readonly HistoryEntry[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const ids = names.flatMap((name) => /^([a-z0-9]+)\.entry\.json$/.exec(name)?.[1] ?? []);
    const read = await Promise.all(ids.map((id) => this.#readEntry(id)));
    return read.flatMap((entry) => entry ?? []).sort((a, b) => (a.id < b.id ? 1 : -1));
  }

  async #readEntry(id: string): Promise<HistoryEntry | undefined> {
    try {
      return JSON.parse(await readFile(this.#file(id, "entry"), "utf8")) as HistoryEntry;
    } catch {
      // Another window removed it, or is just writing it.
      return undefined;
    }
  }

  #write(id: string, what: "saved" | "entry", value: unknown): Promise<void> {
    return writeFile(this.#file(id, what), `${JSON.stringify(value)}\n`, { mode: 0o600 });
  }

  #file(id: string, what: "saved" | "entry"): string {
    return path.join(this.#folder, `${id.replace(/[^a-z0-9]/g, "")}.${what}.json`);
  }
}

let last = 0;

/** Ids sort by the time they were given. */
function entryOf(diagnosis: Diagnosis, { after, demo }: DiagnosisOrigin): HistoryEntry {
  const { context, subject, startedAt, stopped, verdicts } = diagnosis;
  last = Math.max(last + 1, Date.now());
  const proven = verdicts.filter(({ status, latent }) => status === "proven" && !latent);
  const state = (family: "IPv6" | "IPv4") => ({ family, state: conclusionOf(family, diagnosis).state });
  return {
    id: last.toString(36).padStart(9, "0"),
    context,
    subject,
    startedAt,
    conclusions: stopped ? [] : [state("IPv6"), state("IPv4")],
    ...(stopped ? { stopped: stopped.message } : {}),
    causes: proven.map(({ summary }) => summary),
    ...(after === undefined ? {} : { after }),
    ...(demo ? { demo } : {}),
  };
}
