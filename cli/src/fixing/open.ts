import type { Changeable } from "#cluster/open-to-change.ts";
import type { Answer } from "#core/cluster/cluster.ts";
import { type ClusterOptions, timeoutOption } from "../open-cluster.ts";

export interface OpenedToChange extends Changeable {
  readonly namespace: string;
}

/** The cluster that the options name, with the way to change its objects; no other command opens one so. */
export async function openChangeable({
  kubeconfig: path,
  context,
  timeout,
}: ClusterOptions): Promise<Answer<OpenedToChange>> {
  const { readKubeconfig } = await import("#cluster/kubeconfig.ts");
  const { openToChange: open } = await import("#cluster/open-to-change.ts");
  const kubeconfig = await readKubeconfig({ env: process.env, ...(path === undefined ? {} : { path }) });
  if (!kubeconfig.ok) return kubeconfig;
  const opened = await open(kubeconfig.value, context, path, { allowExec: true, timeout: timeoutOption(timeout) });
  if (!opened.ok) return opened;
  const named = kubeconfig.value.contexts.find(({ name }) => name === opened.value.cluster.context);
  return { ok: true, value: { ...opened.value, namespace: named?.namespace ?? "default" } };
}
