import type { Outpost } from "#core/cluster/outposts.ts";
import { isAtWork, type Owner } from "./owner-process.ts";
import { RecordFolder, stateFolder } from "./record-folder.ts";

/** What was about to be created when it was written. */
export interface LedgerEntry {
  readonly format: 1;
  readonly outpost: Omit<Outpost, "body">;
  readonly context: string;
  readonly server: string;
  /** The kubeconfig it was created by, for who wants to remove it later. */
  readonly kubeconfig?: string;
  /** Milliseconds since the epoch. */
  readonly created: number;
  /** Whose it is; nobody removes what a diagnosis that runs still needs. */
  readonly process: Owner;
  /** It could not be removed when it was no longer needed. */
  readonly abandoned?: true;
}

/** The record of everything of ours in any cluster, written before the cluster is asked to create it and removed once it is gone. */
export class Ledger {
  readonly #records: RecordFolder<LedgerEntry>;

  constructor(folder = ledgerFolder()) {
    this.#records = new RecordFolder(folder, ({ outpost }) => outpost?.container);
  }

  get folder(): string {
    return this.#records.folder;
  }

  /** Throws where it cannot be written: then nothing may be created. */
  write(entry: LedgerEntry): void {
    this.#records.write(entry);
  }

  forget({ outpost }: Pick<LedgerEntry, "outpost">): void {
    this.#records.forget(outpost.container);
  }

  entries(): LedgerEntry[] {
    return this.#records.entries();
  }
}

export function ledgerFolder(env?: Readonly<Record<string, string | undefined>>): string {
  return stateFolder("ledger", env);
}

/** Whether the process that wrote an entry may still need what it is about. */
export function isNeeded({ process: owner, abandoned, created, outpost }: LedgerEntry): boolean {
  return !abandoned && Date.now() <= created + 2 * outpost.seconds * 1000 && isAtWork(owner);
}
