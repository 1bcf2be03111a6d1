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

/** Seconds as milliseconds. */
export function timeoutOption(text: string | undefined): number {
  const value = text === undefined ? 10 : Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new UsageError(`--timeout is a number of seconds, not "${text}"`);
  return value * 1000;
}
