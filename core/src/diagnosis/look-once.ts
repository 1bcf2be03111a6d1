import type { AbortSignalLike, Access, Cluster } from "../cluster/cluster.ts";
import type { Subject } from "../judging/subject.ts";
import type { Station } from "../outposts/station.ts";
import type { Container } from "../probing/containers.ts";
import { liveLooker } from "../probing/looker.ts";
import { type Vantage, vantageName } from "../probing/probe.ts";
import { conclude } from "./conclude.ts";
import { Engine } from "./engine.ts";
import type { DiagnosedScene } from "./needs.ts";

export interface Progress {
  readonly asking: string;
  readonly vantage: string;
  /** Questions answered, and questions known so far to be asked; the total grows as answers raise new ones. */
  readonly done: number;
  readonly total: number;
}

/** How a live cluster is looked at. */
export interface LookOptions {
  /** Nothing above this level is asked of what runs already; `exec` by default. */
  readonly access?: Extract<Access, "api" | "exec">;
  readonly signal?: AbortSignalLike;
  onProgress?(progress: Progress): void;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Addresses outside the cluster that a survey dials on port 53, beside those of the subject: what leaves a cluster is its user's choice. */
  readonly outside?: readonly string[];
  /**
   * Seconds a dial waits for an answer; 1.5 by default, because Linux reports an ICMP error after the second attempt, at one
   * second. By default silence over IPv6 inside the cluster is believed sooner, as long as a proven cause explains it.
   */
  readonly patience?: number;
}

/** Seconds; some twenty times what a path inside a cluster takes. */
const defaultHaste = 0.5;

/** Looks at a live cluster through what stands there already, and through the stations. */
export async function lookOnce(
  cluster: Cluster,
  subject: Subject,
  stations: readonly Station[],
  options: LookOptions,
): Promise<DiagnosedScene> {
  const startedAt = options.now();
  let engine: Engine | undefined;
  const looker = liveLooker(cluster, {
    access: options.access ?? "exec",
    ...(options.signal ? { signal: options.signal } : {}),
    containers: (vantage) => withStations(vantage, stations, engine?.scene?.containers(vantage) ?? []),
    nobody: (vantage) => engine?.scene?.nobody(vantage),
    onAsking: (asking, vantage) => {
      const done = engine?.observations.length ?? 0;
      options.onProgress?.({ asking, vantage, done, total: done + asking.split(", ").length });
    },
  });
  engine = new Engine(looker, options.signal);
  const haste = options.patience === undefined ? defaultHaste : undefined;
  return conclude(engine, looker, subject, { context: cluster.context, startedAt, haste, restarts: true, ...options });
}

/** Ours come first: they are there because the others could not answer. */
function withStations(vantage: Vantage, stations: readonly Station[], others: readonly Container[]): Container[] {
  const own = stations.filter(({ at }) => vantageName(at) === vantageName(vantage)).map(({ container }) => container);
  const isOurs = ({ namespace, pod, container }: Container) =>
    stations.some(
      ({ container: one }) => one.namespace === namespace && one.pod === pod && one.container === container,
    );
  return [...own, ...others.filter((one) => !isOurs(one))];
}
