import type { KubeObject } from "../cluster/cluster.ts";
import { probe as endpointSlices } from "../probes/endpoint-slices.ts";
import { probe as podProbe } from "../probes/pod.ts";
import { type Asking, type Question, question, tryAsk } from "../probing/probe.ts";

const dns = { namespace: "kube-system", service: "kube-dns" };

/** More than two say the same. */
const most = 2;

/** The pods that Service kube-system/kube-dns lists, by what they were seen; empty where nobody may look. */
export function* dnsPods(): Asking<readonly { readonly pod: KubeObject; readonly by: Question }[]> {
  const slices = yield* tryAsk(endpointSlices, dns);
  const names = (slices.ok ? slices.value : [])
    .flatMap(({ endpoints }) => (endpoints ?? []) as { targetRef?: { kind?: string; name: string } }[])
    .flatMap(({ targetRef }) => (targetRef?.kind === "Pod" ? targetRef.name : []));
  const pods: { pod: KubeObject; by: Question }[] = [];
  for (const name of [...new Set(names)].slice(0, most)) {
    const named = { namespace: dns.namespace, name };
    const pod = yield* tryAsk(podProbe, named);
    if (pod.ok) pods.push({ pod: pod.value, by: question(podProbe, named) });
  }
  return pods;
}
