import type { KubeObject } from "../cluster/cluster.ts";
import type { Subject } from "../judging/subject.ts";
import { editDistance } from "../kinds/edit-distance.ts";
import { probe as namespaceProbe } from "../probes/namespace.ts";
import { probe as podsProbe } from "../probes/pods.ts";
import { question, tryAskAll } from "../probing/probe.ts";
import type { Engine } from "./engine.ts";
import type { Missing } from "./missing.ts";

/**
 * A look around that begins in a namespace without pods: one that is not there was meant to be another, and pods of another are no
 * answer to it.
 */
export async function emptyNamespace(
  engine: Engine,
  { from, to, namespace, namedNamespace: isNamed }: Subject,
): Promise<{ readonly missing: readonly Missing[]; readonly remarks: readonly string[] }> {
  const fine = { missing: [], remarks: [] };
  if (from || to || namespace === undefined || namespace === "default") return fine;
  const [listed] = await engine.run(tryAskAll([question(podsProbe, {})]));
  const namespaces = new Set(
    (listed?.ok ? listed.value : []).flatMap((pod: KubeObject) => pod.metadata.namespace ?? []),
  );
  const asked = question(namespaceProbe, { name: namespace });
  if (!listed?.ok || namespaces.has(namespace) || !engine.mayAsk(asked)) return fine;
  const [found] = await engine.run(tryAskAll([asked]));
  if (found?.ok) return { missing: [], remarks: [`namespace ${namespace} has no pod: it was looked around in others`] };
  if (found?.refusal.reason !== "not-found") return fine;
  if (!isNamed) return { missing: [], remarks: [`namespace ${namespace} of the context is not there`] };
  const nearest = [...namespaces].filter((one) => editDistance(one, namespace) <= farthest);
  return { missing: [{ what: `namespace ${namespace}`, nearest: nearest.map((one) => `-n ${one}`) }], remarks: [] };
}

/** Letters that differ in what may have been meant. */
const farthest = 2;
