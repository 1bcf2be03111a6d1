import type { Kubeconfig } from "#cluster/kubeconfig.ts";
import type { OpenCluster } from "#cluster/open-cluster.ts";
import { type Answer, answered, type Cluster, type Refusal, refused } from "#core/cluster/cluster.ts";
import { recordedCluster } from "#core/cluster/recording.ts";
import type { Demo } from "#core/diagnosis/demo.ts";
import { l10n } from "./l10n.ts";

/** What a connection has to know of the editor it runs in. */
export interface EditorSurroundings {
  /** A kubeconfig file the user chose; undefined for what kubectl would read. */
  kubeconfig(): string | undefined;
  /** Credential plugins are programs that a kubeconfig names: they run only where the user trusts the workspace. */
  trusted(): boolean;
  /** The context chosen the last time; the kubeconfig itself is never changed. */
  remembered(): string | undefined;
  remember(context: string): void;
}

export interface FoundCluster {
  readonly kubeconfig: Answer<Kubeconfig>;
  readonly chosen: string | undefined;
  readonly opened: Answer<Cluster | OpenCluster>;
  /** Calls back when the kubeconfig changes; returns what ends it. */
  readonly follow?: (listener: () => void) => () => void;
}

/** Reads the kubeconfig and opens the context that is to be looked at, or the recorded cluster; never rejects. */
export async function findCluster(surroundings: EditorSurroundings, demo: Demo | undefined): Promise<FoundCluster> {
  try {
    const [{ readKubeconfig }, { onKubeconfigChange }] = await Promise.all([
      import("#cluster/kubeconfig.ts"),
      import("#cluster/kubeconfig-watch.ts"),
    ]);
    const path = surroundings.kubeconfig();
    const options = path === undefined ? {} : { path };
    const kubeconfig = await readKubeconfig(options);
    const found = await openContext(kubeconfig, surroundings, demo);
    return { kubeconfig, ...found, follow: (listener) => onKubeconfigChange(options, listener) };
  } catch (error) {
    return crashed(error);
  }
}

async function openContext(
  kubeconfig: Answer<Kubeconfig>,
  surroundings: EditorSurroundings,
  demo: Demo | undefined,
): Promise<Pick<FoundCluster, "chosen" | "opened">> {
  const chosen = kubeconfig.ok ? choose(kubeconfig.value, surroundings) : undefined;
  if (demo !== undefined) return { chosen, opened: answered(recordedCluster(demo.recording)) };
  if (!kubeconfig.ok) return { chosen, opened: kubeconfig };
  if (chosen === undefined)
    return { chosen, opened: { ok: false, refusal: kubeconfig.value.contexts.length === 0 ? noContexts : noContext } };
  const { openCluster } = await import("#cluster/open-cluster.ts");
  return { chosen, opened: await openCluster(kubeconfig.value, chosen, { allowExec: surroundings.trusted() }) };
}

function choose({ contexts, current }: Kubeconfig, surroundings: EditorSurroundings): string | undefined {
  const remembered = surroundings.remembered();
  return contexts.some(({ name }) => name === remembered) ? remembered : current;
}

/** A mistake in this program is a row in the tree as well, not a tree that asks for ever. */
function crashed(error: unknown): FoundCluster {
  const words = error instanceof Error ? error.message : error;
  const answer = refused("failed", l10n`The cluster could not be opened: ${words}.`);
  return { kubeconfig: answer, chosen: undefined, opened: answer };
}

const noContexts: Refusal = refused("config", l10n`The kubeconfig has no contexts.`, l10n`Choose another one.`).refusal;

const noContext: Refusal = refused(
  "config",
  l10n`The kubeconfig has no current context.`,
  l10n`Run the command IPv6: Use Context to choose one.`,
).refusal;
