import type { KubeObject, PodVantage } from "../cluster/cluster.ts";
import { restartsIn, probe as restartsProbe } from "../probes/restarts.ts";
import { type Asking, type Observation, question, tryAskAll } from "../probing/probe.ts";

/**
 * Containers that were started again while something was run in them, in sentences: who looks at an application may be what
 * ended it, and has to say so before anything else.
 */
export function* restartsSince(observations: readonly Observation[]): Asking<string[]> {
  const looked = distinct(
    // What we made ourselves is nobody's application.
    observations.flatMap(({ through, access }) => (through && access === "exec" ? [through] : [])),
    (one) => `${podOf(one)}/${one.container}`,
  );
  const pods = distinct(looked, podOf);
  const answers = yield* tryAskAll(pods.map(({ namespace, pod }) => question(restartsProbe, { namespace, name: pod })));
  const after = new Map(pods.map((one, index) => [podOf(one), answers[index]]));
  return looked.flatMap((one) => {
    const now = after.get(podOf(one));
    const before = seenBefore(observations, one);
    return now?.ok && before ? sentence(one, before, now.value) : [];
  });
}

function sentence(at: PodVantage, before: KubeObject, after: KubeObject): string[] {
  const [was, is] = [restartsIn(before)[at.container], restartsIn(after)[at.container]];
  if (!was || !is || is.count <= was.count) return [];
  const times = is.count - was.count === 1 ? "once" : `${is.count - was.count} times`;
  const why = is.reason === undefined ? "" : ` (${is.reason})`;
  return [
    `container "${at.container}" of pod ${podOf(at)} was restarted ${times}${why} while this diagnosis looked at it, and may have been for that reason`,
  ];
}

/** The pod as the API gave it first. */
function seenBefore(observations: readonly Observation[], { namespace, pod }: PodVantage): KubeObject | undefined {
  for (const { probe, answer } of observations) {
    if (!answer.ok || (probe !== "pod" && probe !== "pods")) continue;
    const objects = [answer.value].flat() as KubeObject[];
    const found = objects.find(({ metadata }) => metadata.name === pod && metadata.namespace === namespace);
    if (found) return found;
  }
  return undefined;
}

function podOf({ namespace, pod }: PodVantage): string {
  return `${namespace}/${pod}`;
}

function distinct<T>(all: readonly T[], key: (one: T) => string): T[] {
  return [...new Map(all.map((one) => [key(one), one])).values()];
}
