import type { Access } from "#core/cluster/cluster.ts";
import type { ToolFound } from "#core/report/tool-answer.ts";

/** What the agent gave: checked against the schema of the tool. */
export type ToolArguments = Readonly<Record<string, unknown>>;

/** What whoever started the server allows. */
export interface AgentTerms {
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly access: Access;
  /** Names and addresses outside the cluster may be dialled. */
  readonly outside: boolean;
}

export interface Call {
  readonly terms: AgentTerms;
  readonly signal: AbortSignal;
  /** Questions answered so far, and known so far. */
  onProgress(done: number, total: number): void;
}

/** What the operation of the same name does for an agent. Rejects with a UsageError for what the schema cannot say. */
export interface Served {
  ask(given: ToolArguments, call: Call): Promise<ToolFound>;
}

export function text(given: ToolArguments, name: string): string | undefined {
  const value = given[name];
  return typeof value === "string" ? value : undefined;
}

export function texts(given: ToolArguments, name: string): readonly string[] {
  const value = given[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
