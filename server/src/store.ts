import type { IsTop, ReadFile } from "#core/lint/config-files.ts";
import type { Bytes } from "#core/lint/prefilter.ts";
import type { Document } from "#core/manifest/document.ts";

/** Makes documents of a file's bytes, which hold until the last step; undefined if there is nothing in them for any rule. */
export type Make = (bytes: Bytes) => Generator<undefined, readonly Document[] | undefined>;

/** Where files that are not open are read from. They go by the names of {@link nameOf}. */
export interface Store {
  /** Others are looked at from now on. */
  look(folders: readonly string[]): void;
  readonly isTop: IsTop;
  readonly read: ReadFile;
  /** The manifests below a folder; undefined where a step ends without one. */
  below(folder: string): Iterable<string | undefined>;
  /** Whether that comes to a file, by where it lies and what it is called. */
  isBelow(folder: string, name: string): boolean;
  /** What is to be looked at of a file, or its whole text; undefined if that is nothing, or it cannot be read. */
  taking(name: string, make: Make): Generator<undefined, string | readonly Document[] | undefined>;
}
