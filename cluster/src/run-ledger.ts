import type { RunRecord } from "#core/cluster/workloads.ts";
import { isAtWork, type Owner } from "./owner-process.ts";
import { RecordFolder, stateFolder } from "./record-folder.ts";

/** A run as it was about to be begun. */
export interface RunEntry {
  readonly format: 1;
  readonly run: RunRecord;
  readonly context: string;
  readonly server: string;
  /** The kubeconfig it was begun by, for who wants to remove it later. */
  readonly kubeconfig?: string;
  /** Milliseconds since the epoch. */
  readonly created: number;
  readonly process: Owner;
  /** It could not be removed when it was no longer needed. */
  readonly abandoned?: true;
}

/** The runs on record, in the folder of all else that was created; each knows its own by what is written in it. */
export class RunLedger {
  readonly #records: RecordFolder<RunEntry>;

  constructor(folder = stateFolder("ledger")) {
    this.#records = new RecordFolder(folder, ({ run }) => run?.name);
  }

  /** Throws where it cannot be written: then nothing may be created. */
  write(entry: RunEntry): void {
    this.#records.write(entry);
  }

  forget({ run }: Pick<RunEntry, "run">): void {
    this.#records.forget(run.name);
  }

  entries(): RunEntry[] {
    return this.#records.entries();
  }
}

/** Whether the process that began it may still be at it. */
export function isRunNeeded({ process: owner, abandoned, created, run }: RunEntry): boolean {
  return !abandoned && Date.now() <= created + 2 * run.seconds * 1000 && isAtWork(owner);
}
