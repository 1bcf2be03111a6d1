import type { OpenCluster } from "#cluster/open-cluster.ts";
import type { Access } from "#core/cluster/cluster.ts";
import type { Outlook } from "#core/cluster/outposts.ts";
import type { Beyond } from "#core/diagnosis/diagnosis.ts";
import { defaultImage } from "#core/outposts/image.ts";
import { levelWords, whatItIs } from "#core/outposts/words.ts";
import { leftRunWords } from "#core/ring/words.ts";
import { UsageError } from "./command.ts";
import { terminal } from "./terminal.ts";

type OutpostsOfCluster = ReturnType<OpenCluster["outposts"]>;

/** The way to create something in a cluster; what an earlier run left there is removed first. */
export async function outpostsOf(
  cluster: OpenCluster,
  kubeconfig: string | undefined,
  command = "diagnose",
): Promise<OutpostsOfCluster> {
  const { outpostLedger, runLedger } = await import("#cluster/ledger.ts");
  const outposts = cluster.outposts(outpostLedger(), kubeconfig);
  for (const run of await cluster.workloads(runLedger(), kubeconfig).sweep())
    terminal.complain(`kube-ipv6 diagnose: an earlier run has left ${leftRunWords(run)}`);
  for (const { outpost, why } of await outposts.sweep())
    terminal.complain(`kube-ipv6 ${command}: an earlier run has left ${whatItIs(outpost)}: ${why}`);
  return outposts;
}

interface Options extends Pick<Beyond, "image" | "namespace"> {
  readonly outposts: OutpostsOfCluster;
  readonly yes: boolean;
  readonly signal: AbortSignal;
}

/** undefined where nothing may be created. */
export function beyondOfOptions(access: Access, { yes, signal, ...options }: Options): Beyond | undefined {
  if (!isOutlook(access)) return undefined;
  const agree = async (words: readonly string[]) => {
    terminal.progress("");
    terminal.explain(`${words.join("\n")}\n`);
    return yes || (await terminal.agrees("Create this?", signal));
  };
  return { level: access, ...options, agree };
}

function isOutlook(access: Access): access is Outlook {
  return access !== "api" && access !== "exec";
}

/** Where nobody can be asked nothing is begun; what it would have been about is said. */
export function mustBeAsked(access: Access, yes: boolean, image: string): void {
  if (!isOutlook(access) || yes || terminal.asks) return;
  throw new UsageError(
    `--access ${access} creates something in the cluster, and there is no terminal to ask at: give --yes to agree`,
    levelWords(access, image),
  );
}

/** The same of what creates something only where nothing that runs will do. */
export function mayBeAsked(access: Access, yes: boolean): void {
  if (access === "exec" || yes || terminal.asks) return;
  throw new UsageError(
    `--access ${access} may create something in the cluster, and there is no terminal to ask at: give --yes to agree`,
    [],
  );
}

export function imageOf(image: string | undefined): string {
  // It stands in commands and in what a person agrees to.
  if (image !== undefined && !/^[A-Za-z0-9][A-Za-z0-9._/:@-]*$/.test(image))
    throw new UsageError(`--image: "${image}" is no name of an image`);
  return image ?? defaultImage;
}
