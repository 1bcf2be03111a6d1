import type { OpenCluster } from "#cluster/open-cluster.ts";
import type { AbortSignalLike, Answer } from "#core/cluster/cluster.ts";
import { type Exit, UsageError } from "./command.ts";
import { type Opened, openForReading as open } from "./mcp/open.ts";
import { terminal } from "./terminal.ts";

/** The options that name a cluster. */
export interface ClusterOptions {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  /** Seconds */
  readonly timeout?: string | undefined;
}

/** The cluster that the options name, the Kubernetes client loaded only now. */
function openNamed({ kubeconfig, context, timeout }: ClusterOptions): Promise<Answer<Opened>> {
  return open(kubeconfig, context, timeoutOption(timeout));
}

/** The same, with the way to write for who agrees to it. */
export async function openToWrite({
  kubeconfig: path,
  context,
  timeout,
}: ClusterOptions): Promise<Answer<Opened & { readonly cluster: OpenCluster }>> {
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

/** Runs with the cluster that the options name, until the end or Ctrl-C; where there is none, says why and ends with 3. */
export async function withCluster(
  command: string,
  named: ClusterOptions,
  work: (opened: Opened, signal: AbortSignalLike) => Promise<Exit>,
): Promise<Exit> {
  const opened = await openNamed(named);
  if (!opened.ok) {
    terminal.complain(`kube-ipv6 ${command}: ${opened.refusal.message}`);
    if (opened.refusal.remedy !== undefined) terminal.complain(opened.refusal.remedy);
    return 3;
  }
  const abort = new AbortController();
  const onSignal = () => abort.abort();
  process.once("SIGINT", onSignal);
  try {
    return await work(opened.value, abort.signal);
  } finally {
    process.off("SIGINT", onSignal);
    opened.value.cluster.close();
  }
}

/** Seconds as milliseconds. */
export function timeoutOption(text: string | undefined): number {
  const value = text === undefined ? 10 : Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new UsageError(`--timeout is a number of seconds, not "${text}"`);
  return value * 1000;
}
