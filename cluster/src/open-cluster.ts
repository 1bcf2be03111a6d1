import { type Answer, answered } from "#core/cluster/cluster.ts";
import type { Outposts } from "#core/cluster/outposts.ts";
import type { Workloads } from "#core/cluster/workloads.ts";
import { type EndpointOptions, endpointOf } from "./endpoint.ts";
import type { Kubeconfig } from "./kubeconfig.ts";
import type { Ledger, LedgerEntry, RunEntry } from "./ledger.ts";
import { outpostsIn, type Sweeping } from "./outposts.ts";
import { type ReadCluster, readingOf } from "./reading.ts";
import { workloadsIn } from "./workloads.ts";

/** A cluster that can be left, and written to by who has agreed. */
export interface OpenCluster extends ReadCluster {
  /** The ways to write to it, for who has been asked and has agreed. */
  outposts(ledger: Ledger<LedgerEntry>, kubeconfig?: string): Outposts & Sweeping;
  workloads(ledger: Ledger<RunEntry>, kubeconfig?: string): Workloads;
}

/** {@link openReading}, with the ways to write. */
export async function openCluster(
  kubeconfig: Kubeconfig,
  context?: string,
  options: EndpointOptions = {},
): Promise<Answer<OpenCluster>> {
  const opened = await endpointOf(kubeconfig, context, options);
  if (!opened.ok) return opened;
  const endpoint = opened.value;
  return answered({
    ...readingOf(endpoint),
    outposts: (ledger, path) => outpostsIn(endpoint, ledger, path),
    workloads: (ledger, path) => workloadsIn(endpoint, ledger, path),
  });
}
