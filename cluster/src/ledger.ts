import { type Answer, answered, refused } from "#core/cluster/cluster.ts";
import type { Outpost } from "#core/cluster/outposts.ts";
import type { RunRecord } from "#core/cluster/workloads.ts";
import type { Endpoint } from "./endpoint.ts";
import { isAtWork, type Owner, thisProcess } from "./owner-process.ts";
import { RecordFolder, stateFolder } from "./record-folder.ts";

/** Where something of ours was about to be created, by whom, and when. */
export interface OnRecord {
  readonly format: 1;
  readonly context: string;
  readonly server: string;
  /** The kubeconfig it was created by, for who wants to remove it later. */
  readonly kubeconfig?: string;
  /** Milliseconds since the epoch. */
  readonly created: number;
  /** Whose it is; nobody removes what a process that runs still needs. */
  readonly process: Owner;
  /** It could not be removed when it was no longer needed. */
  readonly abandoned?: true;
}

export interface LedgerEntry extends OnRecord {
  readonly outpost: Omit<Outpost, "body">;
}

export interface RunEntry extends OnRecord {
  readonly run: RunRecord;
}

/** By what name something is on record, and how many seconds it lasts by itself. */
interface Recorded {
  readonly name: string;
  readonly seconds: number;
}

/** What became of a removal. */
export interface Removal {
  /** Completes "it is still there: "; undefined where nothing of it is. */
  readonly why?: string;
  /** Nothing more is to be done about it, now or later. */
  readonly forget: boolean;
}

/** The record of what of ours is in any cluster, written before the cluster is asked to create it and removed once it is gone. */
export class Ledger<E extends OnRecord> {
  readonly #records: RecordFolder<E>;
  readonly #recorded: (entry: Partial<E>) => Recorded | undefined;

  constructor(recorded: (entry: Partial<E>) => Recorded | undefined, folder: string) {
    this.#records = new RecordFolder<E>(folder, (entry) => recorded(entry)?.name);
    this.#recorded = recorded;
  }

  get folder(): string {
    return this.#records.folder;
  }

  /** Throws where it cannot be written: then nothing may be created. */
  write(entry: E): void {
    this.#records.write(entry);
  }

  forget(entry: E): void {
    this.#records.forget(this.#recorded(entry)?.name ?? "");
  }

  entries(): E[] {
    return this.#records.entries();
  }

  /** Writes down what is about to be created; refused where that cannot be. */
  begin(entry: E): Answer<E> {
    try {
      this.write(entry);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return refused("failed", `Nothing was created, because it could not be written down first: ${why}.`);
    }
    return answered(entry);
  }

  /** Forgets it once it is gone, else keeps it on record for the next start; what is still there. */
  settle(entry: E, { why, forget }: Removal): (E & { readonly why: string })[] {
    if (forget) this.forget(entry);
    else this.write({ ...entry, abandoned: true });
    return why === undefined ? [] : [{ ...entry, why }];
  }

  /** Whether the process that wrote an entry may still need what it is about. */
  isNeeded(entry: E): boolean {
    const { process: owner, abandoned, created } = entry;
    const seconds = this.#recorded(entry)?.seconds ?? 0;
    return !abandoned && Date.now() <= created + 2 * seconds * 1000 && isAtWork(owner);
  }

  /** What processes that are gone have left in one cluster. */
  staleIn(server: string): E[] {
    return this.entries().filter((entry) => entry.server === server && !this.isNeeded(entry));
  }
}

/** The pods and containers on record, in the folder of all that was created; each kind knows its own by what is written in it. */
export function outpostLedger(folder = ledgerFolder()): Ledger<LedgerEntry> {
  return new Ledger(({ outpost }) => outpost && { name: outpost.container, seconds: outpost.seconds }, folder);
}

/** The runs on record. */
export function runLedger(folder = ledgerFolder()): Ledger<RunEntry> {
  return new Ledger(({ run }) => run, folder);
}

export function ledgerFolder(env?: Readonly<Record<string, string | undefined>>): string {
  return stateFolder("ledger", env);
}

/** What is said of everything that one process creates in one cluster now. */
export function onRecord({ context, server }: Endpoint, kubeconfig: string | undefined): OnRecord {
  return {
    format: 1,
    context,
    server,
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    created: Date.now(),
    process: thisProcess(),
  };
}
