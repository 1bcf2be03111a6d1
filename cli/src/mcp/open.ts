import type { Answer, Cluster } from "#core/cluster/cluster.ts";

export interface Opened {
  readonly cluster: Cluster & { close(): void };
  /** The context's own. */
  readonly namespace: string;
}

/** The cluster that the options name. Nothing that could write is linked; `timeout` in milliseconds. */
export async function openForReading(
  path: string | undefined,
  context: string | undefined,
  timeout: number,
): Promise<Answer<Opened>> {
  const { readKubeconfig } = await import("#cluster/kubeconfig.ts");
  const { openReading } = await import("#cluster/reading.ts");
  const kubeconfig = await readKubeconfig({ env: process.env, ...(path === undefined ? {} : { path }) });
  if (!kubeconfig.ok) return kubeconfig;
  const opened = await openReading(kubeconfig.value, context, { allowExec: true, timeout });
  if (!opened.ok) return opened;
  const named = kubeconfig.value.contexts.find(({ name }) => name === opened.value.context);
  return { ok: true, value: { cluster: opened.value, namespace: named?.namespace ?? "default" } };
}
