import { splitHostPort } from "../addresses/host-port.ts";
import type { AbortSignalLike, Access, Cluster } from "../cluster/cluster.ts";
import type { AlsoFrom, Subject } from "../judging/subject.ts";
import type { Station } from "../outposts/station.ts";
import type { Container } from "../probing/containers.ts";
import type { Here } from "../probing/here.ts";
import { liveLooker } from "../probing/looker.ts";
import { type Vantage, vantageName } from "../probing/probe.ts";
import { conclude } from "./conclude.ts";
import type { AgreeHere } from "./dial-beside.ts";
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
  /** This machine, for what its user wants dialled from it. */
  readonly here?: { readonly machine: Here; readonly agree: AgreeHere };
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
    ...(options.here ? { here: options.here.machine } : {}),
    containers: (vantage) => withStations(vantage, stations, engine?.scene?.containers(vantage) ?? []),
    nobody: (vantage) => engine?.scene?.nobody(vantage),
    onAsking: (asking, vantage) => {
      const done = engine?.observations.length ?? 0;
      options.onProgress?.({ asking, vantage, done, total: done + asking.split(", ").length });
    },
  });
  engine = new Engine(looker, options.signal);
  const haste = options.patience === undefined ? defaultHaste : undefined;
  const { alsoFrom } = subject;
  const server = alsoFrom?.here ? serverOf(cluster.server) : undefined;
  const asked = server ? { ...subject, alsoFrom: { ...alsoFrom, server } } : subject;
  return conclude(engine, looker, asked, {
    context: cluster.context,
    startedAt,
    haste,
    restarts: true,
    ...(options.here ? { agreeHere: options.here.agree } : {}),
    ...options,
  });
}

/** Of `https://host:port`. */
function serverOf(server: string): AlsoFrom["server"] {
  const found = /^https?:\/\/([^/?#]+)/.exec(server)?.[1];
  const { host, port = "443" } = (found === undefined ? undefined : splitHostPort(found)) ?? {};
  return host === undefined ? undefined : { host, port: Number(port) };
}

/** Ours come first: they are there because the others could not answer. What takes a pod's connections takes theirs too. */
function withStations(vantage: Vantage, stations: readonly Station[], others: readonly Container[]): Container[] {
  const mesh = vantage.kind === "pod" ? others.find((one) => one.mesh)?.mesh : undefined;
  const own = stations
    .filter(({ at }) => vantageName(at) === vantageName(vantage))
    .map(({ container }) => (mesh ? { ...container, mesh } : container));
  const isOurs = ({ namespace, pod, container }: Container) =>
    stations.some(
      ({ container: one }) => one.namespace === namespace && one.pod === pod && one.container === container,
    );
  return [...own, ...others.filter((one) => !isOurs(one))];
}
