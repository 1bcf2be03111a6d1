import { setTimeout as pause } from "node:timers/promises";
import type { Cluster, KubeObject } from "#core/cluster/cluster.ts";
import type { RunRecord, Workloads } from "#core/cluster/workloads.ts";
import { newName } from "#core/outposts/name.ts";
import { whereFor } from "#core/ring/bodies.ts";
import { eligibleNodes } from "#core/ring/eligible.ts";
import { nextSteps } from "#core/ring/next-step.ts";
import { besideOf } from "#core/ring/quota.ts";
import { type RingResult, runRing } from "#core/ring/run.ts";
import { leftRunWords, ringWords } from "#core/ring/words.ts";
import type { Exit } from "./command.ts";
import { type ClusterOptions, openToWrite } from "./open-cluster.ts";
import { terminal } from "./terminal.ts";

export interface RingOptionsOfCli {
  readonly partners: number;
  /** Seconds */
  readonly within: number;
  readonly seed: number;
  readonly image: string;
  readonly namespace: string;
  readonly tainted: boolean;
  /** The nodes are some of those that there are. */
  readonly chosen: boolean;
  readonly yes: boolean;
}

/** What came of a ring, as far as it came. */
export interface RingOutcome {
  readonly result: RingResult | undefined;
  /** By finding, the command that looks into it. */
  readonly next: readonly (string | undefined)[];
  readonly exit: Exit;
}

const nothing: RingOutcome = { result: undefined, next: [], exit: 3 };

/** What ends us in good order: what was created is removed first. */
const endings = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Asks, dials and removes what it has created. */
export async function ringOf(
  nodes: readonly KubeObject[],
  named: ClusterOptions,
  options: RingOptionsOfCli,
): Promise<RingOutcome> {
  const opened = await openToWrite(named);
  if (!opened.ok) {
    complain(opened.refusal.message);
    return nothing;
  }
  const { cluster } = opened.value;
  const { runLedger } = await import("#cluster/ledger.ts");
  const workloads = cluster.workloads(runLedger(), named.kubeconfig);
  const abort = new AbortController();
  const onSignal = () => {
    terminal.progress("");
    complain("cancelled; what was created is being removed");
    abort.abort();
  };
  for (const signal of endings) process.once(signal, onSignal);
  try {
    for (const left of await workloads.sweep()) complain(`an earlier run has left ${leftRunWords(left)}`);
    return await agreed(cluster, workloads, nodes, options, abort.signal);
  } finally {
    terminal.progress("");
    for (const left of await workloads.removeAll()) complain(`still there: ${leftRunWords(left)}`);
    for (const signal of endings) process.off(signal, onSignal);
    cluster.close();
  }
}

async function agreed(
  cluster: Cluster,
  workloads: Workloads,
  nodes: readonly KubeObject[],
  options: RingOptionsOfCli,
  signal: AbortSignal,
): Promise<RingOutcome> {
  const { places, not } = eligibleNodes(nodes, options.tainted);
  if (places.length < 2) {
    complain(`${places.length} of ${nodes.length} nodes can be looked at, and it takes two to dial`);
    return nothing;
  }
  const { namespace, image, within, partners, tainted, chosen } = options;
  const run: RunRecord = { name: newName(), namespace, image, nodes: places.length, seconds: within + 120 };
  const hindrance = await workloads.hindrance(namespace, signal);
  if (hindrance) {
    complain(hindrance.message);
    if (hindrance.remedy !== undefined) complain(hindrance.remedy);
    return nothing;
  }
  const { beside, tooMuch } = await besideOf(cluster, run, signal);
  const names = (all: readonly { readonly node: string }[]) => all.map(({ node }) => node);
  const where = whereFor(names(places), names(not), options);
  const proposal = { context: cluster.context, server: cluster.server, run, where, partners, not, beside };
  terminal.explain(`${ringWords(proposal).join("\n")}\n`);
  if (tooMuch) {
    complain("nothing was created: the quota would refuse some of it, and what is not dialled is not known");
    return nothing;
  }
  if (!options.yes && !(await terminal.agrees("Create this?", signal))) {
    complain("nothing was created");
    return nothing;
  }
  const made = await runRing(cluster, workloads, {
    run,
    places,
    not,
    partners,
    seed: options.seed,
    tainted,
    chosen,
    within,
    clock: { now: Date.now, pause: (milliseconds) => pause(milliseconds) },
    signal,
    progress: (words) => terminal.progress(words),
  });
  terminal.progress("");
  if (!made.ok) {
    complain(made.refusal.message);
    if (made.refusal.remedy !== undefined) complain(made.refusal.remedy);
    return nothing;
  }
  const result = made.value;
  const next = await nextSteps(cluster, result.findings, signal);
  const whole = result.early === undefined && result.not.length === not.length && result.dials.length > 0;
  return { result, next, exit: result.findings.length > 0 ? 1 : whole ? 0 : 3 };
}

function complain(sentence: string): void {
  terminal.complain(`kube-ipv6 nodes: ${sentence}`);
}
