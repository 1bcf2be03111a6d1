import type { Diagnosis, Verdict } from "../diagnosis/diagnosis.ts";
import { conclusionOf } from "./conclusions.ts";
import { type MatrixRow, matrixOf } from "./matrix.ts";

/** What is otherwise in a later diagnosis of the same subject. */
export interface Changes {
  readonly families: readonly {
    readonly family: "IPv6" | "IPv4";
    readonly before: "works" | "fails" | "open";
    readonly after: "works" | "fails" | "open";
  }[];
  /** Proven before and no longer; and the other way round. */
  readonly gone: readonly NamedCause[];
  readonly came: readonly NamedCause[];
  readonly stayed: readonly NamedCause[];
  /** Targets that something else came of. */
  readonly rows: readonly {
    readonly target: string;
    readonly family: "IPv6" | "IPv4";
    readonly before: string;
    readonly after: string;
  }[];
}

export interface NamedCause {
  readonly id: string;
  readonly summary: string;
}

const families = ["IPv6", "IPv4"] as const;

export function changesBetween(before: Diagnosis, after: Diagnosis): Changes {
  const [old, now] = [provenIn(before), provenIn(after)];
  const has =
    (all: readonly NamedCause[]) =>
    ({ id }: NamedCause) =>
      all.some((one) => one.id === id);
  return {
    families: families.map((family) => ({
      family,
      before: stateOf(family, before),
      after: stateOf(family, after),
    })),
    gone: old.filter((cause) => !has(now)(cause)),
    came: now.filter((cause) => !has(old)(cause)),
    stayed: now.filter(has(old)),
    rows: changedRows(matrixOf(before), matrixOf(after)),
  };
}

/** "IPv6 failed and now works; forwarding-off is gone", "Nothing changed" */
export function changesInWords({ families: all, gone, came, stayed, rows }: Changes): string {
  const turned = all.filter((one) => one.before !== one.after);
  const parts = [
    ...turned.map(({ family, before, after }) => `${family} ${then[before]} and now ${now[after]}`),
    ...gone.map(({ id }) => `${id} is gone`),
    ...came.map(({ id }) => `${id} is new`),
  ];
  if (parts.length > 0) return parts.join("; ");
  const still = stayed.length === 0 ? "" : `: ${stayed.map(({ id }) => id).join(", ")} still proven`;
  return rows.length === 0
    ? `Nothing changed${still}`
    : `The same conclusion${still}; ${rows.length} attempts came out otherwise`;
}

const then = { works: "worked", fails: "failed", open: "could not be told" } as const;
const now = { works: "works", fails: "fails", open: "cannot be told" } as const;

function stateOf(family: "IPv6" | "IPv4", diagnosis: Diagnosis): "works" | "fails" | "open" {
  return diagnosis.stopped ? "open" : conclusionOf(family, diagnosis).state;
}

function provenIn({ verdicts }: Diagnosis): NamedCause[] {
  const proven = verdicts.filter(({ status, latent }: Verdict) => status === "proven" && !latent);
  return proven.map(({ cause, summary }) => ({ id: cause, summary }));
}

function changedRows(before: readonly MatrixRow[], after: readonly MatrixRow[]): Changes["rows"] {
  const key = ({ target, from }: MatrixRow) => `${from} ${target}`;
  const old = new Map(before.map((row) => [key(row), row]));
  return after.flatMap((row) =>
    families.flatMap((family) => {
      const was = old.get(key(row))?.cells[family].state ?? "not tried";
      const { state } = row.cells[family];
      return was === state ? [] : [{ target: row.target, family, before: was, after: state }];
    }),
  );
}
