import { accessLevels } from "#core/cluster/cluster.ts";
import type { Outlook } from "#core/cluster/outposts.ts";

/** A yes to what is shown, or to all of its level in this cluster. */
export type Yes = "once" | "always";

/** What the editor keeps for its user, structurally a vscode.Memento. */
export interface Memory {
  get<T>(key: string, otherwise: T): T;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** Under what it is kept which level somebody agreed to for which API server. */
const key = "kube-ipv6.agreed";

/** Asks before something is created, unless it was agreed to for this cluster; a yes to a lower level is no yes to a higher one. */
export class Consent {
  readonly #memory: Memory;
  readonly #server: string;
  readonly #level: Outlook;

  constructor(memory: Memory, server: string, level: Outlook) {
    this.#memory = memory;
    this.#server = server;
    this.#level = level;
  }

  async to(ask: () => Promise<Yes | undefined>): Promise<boolean> {
    const all = this.#memory.get<Readonly<Record<string, Outlook>>>(key, {});
    const known = Object.hasOwn(all, this.#server) ? all[this.#server] : undefined;
    if (known && accessLevels.indexOf(known) >= accessLevels.indexOf(this.#level)) return true;
    const answer = await ask();
    if (answer === "always") await this.#memory.update(key, { ...all, [this.#server]: this.#level });
    return answer !== undefined;
  }
}
