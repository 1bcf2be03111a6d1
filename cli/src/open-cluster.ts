import type { OpenCluster } from "#cluster/open-cluster.ts";
import type { Answer } from "#core/cluster/cluster.ts";
import { UsageError } from "./command.ts";
import { type Opened, openNamed as open } from "./mcp/open.ts";

/** The options that name a cluster. */
export interface Named {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  /** Seconds */
  readonly timeout?: string | undefined;
}

/** The cluster that the options name, the Kubernetes client loaded only now. */
export function openNamed({ kubeconfig, context, timeout }: Named): Promise<Answer<Opened>> {
  return open(kubeconfig, context, timeoutOption(timeout));
}

/** The same, with the way to write for who agrees to it. */
export async function openToWrite({
  kubeconfig: path,
  context,
  timeout,
}: Named): Promise<Answer<Opened & { readonly cluster: OpenCluster }>> {
  const { readKubeconfig } = await import("#cluster/kubeconfig.ts");
  const { openCluster } = await import("#cluster/open-cluster.ts");
  const kubeconfig = await readKubeconfig({ env: process.env, ...(path === undefined ? {} : { path }) });
  if (!kubeconfig.ok) return kubeconfig;
  const options = { allowExec: true, timeout: timeoutOption(timeout) };
  const opened = await openCluster(kubeconfig.value, context, options);
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
