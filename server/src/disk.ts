import { isBelow, manifestsBelow } from "#files/below.ts";
import { withBytesInSteps } from "#files/lent.ts";
import { asManifest } from "#files/open.ts";
import { Surroundings } from "#files/surroundings.ts";
import type { Make, Store } from "./store.ts";

/** The files of this machine. */
export class Disk implements Store {
  readonly #around = new Surroundings();
  readonly isTop = this.#around.isTop;
  readonly read = this.#around.read;
  readonly isBelow = isBelow;

  look(folders: readonly string[]): void {
    this.#around.look(folders);
  }

  *below(folder: string): Generator<string | undefined> {
    for (const found of manifestsBelow(folder)) yield found?.is === "manifest" ? `${folder}/${found.path}` : undefined;
  }

  *taking(name: string, make: Make): ReturnType<Store["taking"]> {
    const read = yield* withBytesInSteps(name, asManifest, function* (bytes) {
      return { documents: yield* make(bytes) };
    });
    return "documents" in read ? read.documents : undefined;
  }
}
