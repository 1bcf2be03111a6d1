import type { Answer, KubeObject } from "../cluster/cluster.ts";
import { type PodRef, type Target, targetName } from "../judging/subject.ts";
import { editDistance } from "../kinds/edit-distance.ts";
import { probe as nodes } from "../probes/nodes.ts";
import { probe as pods } from "../probes/pods.ts";
import { probe as services } from "../probes/services.ts";
import { type Asking, question, tryAskAll } from "../probing/probe.ts";
import type { Missing } from "./missing.ts";

interface Candidate {
  readonly written: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

const mostOffered = 3;

/** What is there under a name like that: of the same name elsewhere or of another kind, made by it, or a letter or two away. */
export function* missingTarget(target: Target, kinds: readonly ("pod" | "service" | "node")[]): Asking<Missing> {
  const name = "name" in target ? target.name : target.address;
  const namespace = "namespace" in target ? target.namespace : undefined;
  const asked = namespace === undefined ? {} : { namespace };
  const [podsThere, servicesThere, nodesThere, podsHere, servicesHere] = yield* tryAskAll([
    question(pods, {}),
    question(services, {}),
    question(nodes, {}),
    ...(namespace === undefined ? [] : [question(pods, asked), question(services, asked)]),
  ]);
  const candidates = [
    ...candidatesIn("pod", podsThere?.ok ? podsThere : podsHere),
    ...candidatesIn("service", servicesThere?.ok ? servicesThere : servicesHere),
    ...candidatesIn("node", nodesThere),
  ];
  const ranked = candidates
    .map((candidate) => ({ ...candidate, rank: farness(candidate, name, namespace) }))
    .filter(({ rank }) => rank !== undefined)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const exact = ranked.filter(({ rank = 1 }) => rank < 1);
  const what =
    target.kind === "object"
      ? `${targetName(target)}, neither a ${kinds.map((kind) => words[kind]).join(" nor a ")},`
      : targetName(target);
  return { what, nearest: (exact.length > 0 ? exact : ranked).slice(0, mostOffered).map(({ written }) => written) };
}

const words = { pod: "pod", service: "Service", node: "node" } as const;
const written = { pod: "pod", service: "svc", node: "node" } as const;

function candidatesIn(kind: keyof typeof written, answer: Answer<readonly KubeObject[]> | undefined): Candidate[] {
  return (answer?.ok ? answer.value : []).map(({ metadata: { name, namespace } }) => ({
    written: [written[kind], ...(namespace === undefined ? [] : [namespace]), name].join("/"),
    namespace,
    name,
  }));
}

/** undefined for what nobody can have meant. */
function farness({ name, namespace }: PodRef | Candidate, wanted: string, at: string | undefined): number | undefined {
  const elsewhere = namespace === at ? 0 : 0.5;
  if (name === wanted) return elsewhere;
  if (name.startsWith(`${wanted}-`)) return 1 + elsewhere;
  const distance = editDistance(name, wanted);
  return distance <= Math.min(2, Math.floor(wanted.length / 2)) ? 1 + distance + elsewhere : undefined;
}
