import { isPath } from "./names.ts";
import type { Make, Store } from "./store.ts";
import { ToldFiles } from "./told.ts";

/** The disk, where there is one, and what was told of; each has the files whose names are of its kind. */
export class Stores implements Store {
  readonly told = new ToldFiles();
  readonly #disk: Store | undefined;

  constructor(disk: Store | undefined) {
    this.#disk = disk;
  }

  look(folders: readonly string[]): void {
    this.#disk?.look(folders.filter(isPath));
    this.told.look(folders.filter((folder) => !isPath(folder)));
  }

  readonly isTop = (folder: string): boolean => this.#of(folder).isTop(folder);
  readonly read = (name: string): ReturnType<Store["read"]> => this.#of(name).read(name);

  below(folder: string): Iterable<string | undefined> {
    return this.#of(folder).below(folder);
  }

  isBelow(folder: string, name: string): boolean {
    return isPath(folder) === isPath(name) && this.#of(folder).isBelow(folder, name);
  }

  taking(name: string, make: Make): ReturnType<Store["taking"]> {
    return this.#of(name).taking(name, make);
  }

  #of(name: string): Store {
    return (isPath(name) ? this.#disk : undefined) ?? this.told;
  }
}
