import type { Answer, Cluster } from "#core/cluster/cluster.ts";
import { UsageError } from "./command.ts";

/** The options that name a cluster. */
export interface Named {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  /** Seconds */
  readonly timeout?: string | undefined;
}

/** The Kubernetes client is loaded only when a cluster is asked. The namespace is the context's. */
export async function openNamed({
  kubeconfig: path,
  context,
  timeout,
}: Named): Promise<Answer<{ cluster: Cluster & { close(): void }; namespace: string }>> {
  const { readKubeconfig } = await import("#cluster/kubeconfig.ts");
  const { openCluster } = await import("#cluster/open-cluster.ts");
  const kubeconfig = await readKubeconfig({ env: process.env, ...(path === undefined ? {} : { path }) });
  if (!kubeconfig.ok) return kubeconfig;
  const opened = await openCluster(kubeconfig.value, context, { allowExec: true, timeout: timeoutOption(timeout) });
  if (!opened.ok) return opened;
  const named = kubeconfig.value.contexts.find(({ name }) => name === opened.value.context);
  return { ok: true, value: { cluster: opened.value, namespace: named?.namespace ?? "default" } };
}

/** Seconds as milliseconds. */
export function timeoutOption(text: string | undefined): number {
  const value = text === undefined ? 10 : Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new UsageError(`--timeout is a number of seconds, not "${text}"`);
  return value * 1000;
}
