import type { Cluster } from "#core/cluster/cluster.ts";

/** A cluster somebody works with; it stays open until they let go of it, whatever the kubeconfig becomes meanwhile. */
export interface HeldCluster {
  readonly cluster: Cluster;
  release(): void;
}

/** Closes a cluster when the last of those who hold it lets go. */
export class SharedCluster {
  readonly cluster: Cluster;
  readonly #close: () => void;
  #holders = 0;

  constructor(cluster: Cluster & { close?(): void }) {
    this.cluster = cluster;
    this.#close = () => cluster.close?.();
  }

  hold(): HeldCluster {
    let held = true;
    this.#holders++;
    const release = () => {
      if (!held) return;
      held = false;
      if (--this.#holders === 0) this.#close();
    };
    return { cluster: this.cluster, release };
  }
}
