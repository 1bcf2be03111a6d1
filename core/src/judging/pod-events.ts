import type { KubeObject } from "../cluster/cluster.ts";
import { probe as events } from "../probes/events.ts";
import { probe as podProbe } from "../probes/pod.ts";
import { type Asking, ask, question } from "../probing/probe.ts";
import { type Case, excluded, type Judgement, possible, proven } from "./cause.ts";
import { dialsOverIPv6 } from "./compared.ts";

/** What the cluster says of a pod whose network was never made. */
export interface Complaint {
  readonly message: RegExp;
  readonly fix: string;
  readonly confirm: string;
  readonly lookalike: string;
}

/** Whether the events of a target in which nothing runs say so; the last one counts. */
export function* judgePodEvents({ symptoms, ...subject }: Case, complaint: Complaint): Asking<Judgement> {
  const states = symptoms.filter(({ kind, outcome }) => kind === "state" && outcome === "not-running");
  const [state] = states;
  const [, namespace = "", pod = ""] = /^pod ([^/]+)\/(.+)$/.exec(state?.to ?? "") ?? [];
  if (!state || pod === "")
    return excluded("no target was named in which nothing runs", dialsOverIPv6({ symptoms, ...subject }), "both");
  const object = yield* ask(podProbe, { namespace, name: pod });
  const told = ofPod(object, yield* ask(events, { namespace, pod }));
  const asked = question(events, { namespace, pod });
  const said = told
    .map(({ message = "" }) => String(message))
    .filter((message) => /network|sandbox|ip address/i.test(message));
  const last = said.at(-1);
  if (last === undefined || !complaint.message.test(last))
    return excluded(`the events of pod ${namespace}/${pod} say nothing of the kind`, [asked], "both");
  const because = `pod ${namespace}/${pod}: ${last.slice(0, 240)}`;
  const remedy = {
    family: "both" as const,
    fix: complaint.fix,
    confirm: complaint.confirm,
    explains: states.map(({ id }) => id),
  };
  const has = ((object.status?.podIPs ?? []) as { ip: string }[]).map(({ ip }) => ip);
  if (has.length > 0)
    return possible(because, { ...remedy, missing: `that it is so still: the pod has ${has.join(" and ")} since` });
  return proven(because, {
    ...remedy,
    died: { how: "answer", dial: state, by: [asked] },
    instead: [{ lookalike: complaint.lookalike, by: [asked] }],
  });
}

/** Those of this pod, and not of one that had its name before, the last one at the end. */
export function ofPod({ metadata }: KubeObject, told: readonly KubeObject[]): readonly KubeObject[] {
  const when = ({ lastTimestamp }: KubeObject) =>
    typeof lastTimestamp === "string" ? Date.parse(lastTimestamp) : Number.NaN;
  return told
    .filter(({ involvedObject: { uid } = {} }) => [undefined, metadata.uid].includes(uid) || metadata.uid === undefined)
    .toSorted((a, b) => (when(a) || 0) - (when(b) || 0));
}
