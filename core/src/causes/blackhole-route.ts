import { parseAddress } from "../addresses/address.ts";
import { type Case, type Cause, excluded, type Judgement, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { atNode, atPod, failedDials, nodesOn, podName } from "../judging/failures.ts";
import { throughPods } from "../judging/same-fate.ts";
import type { SceneNode } from "../judging/scene.ts";
import type { Symptom } from "../judging/symptom.ts";
import { isRefusal, rejectsAtOnce } from "../judging/table-in-force.ts";
import { type Route, routeTo } from "../linux/ipv6-route.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, ask, type Question, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "route",
  summary: "A blackhole, unreachable or prohibit route takes the packets",
  why: "The longest matching route wins, also one that throws packets away. CNIs install such a route for a node's own block, so that addresses without a pod go nowhere; it bites when the pod's own route is missing.",
  source: "https://man7.org/linux/man-pages/man8/ip-route.8.html",
  looksLike: ["forwarding-off", "forward-policy-drops-ipv6", "route-to-peer-missing", "local-pod-route-missing"], // only here the matching entry rejects
  code: "R05",

  *judge(subject) {
    const failed = failedDials(subject, "timeout", "invalid", "host-unreachable", "denied", "network-unreachable");
    if (failed.length === 0)
      return excluded("no IPv6 dial failed that a route could have taken", dialsOverIPv6(subject));
    const [source] = subject.scene.pods;
    const looked: Question[] = [];
    if (source && !source.hostNetwork) {
      looked.push(question(routes, atPod(source)));
      // The table of the file may be one that nobody looks up; whom a route in force rejects is told so at once.
      const atOnce = failed.filter((dial) => isRefusal(dial.outcome, dial));
      const taken = rejected(yield* ask(routes, atPod(source)), atOnce, ({ flow }) => flow?.host);
      const [first] = taken?.symptoms ?? [];
      if (taken && first) return inForce(subject, taken, podName(source), [question(routes, atPod(source)), first]);
    }
    for (const node of nodesOn(subject, failed)) {
      looked.push(question(routes, atNode(node)));
      const table = yield* ask(routes, atNode(node));
      // A node that rejects one of its own pods lacks that pod's route.
      const local = ({ flow }: Symptom) => [flow?.from, flow?.toPod].find((pod) => pod?.node === node.name)?.ips.IPv6;
      if (rejected(table, failed, local))
        return excluded(`node ${node.name} rejects a pod of its own: that is local-pod-route-missing`, looked);
      const taken =
        rejected(table, failed, ({ flow }) => flow?.toPod?.ips.IPv6) ??
        rejected(table, failed, ({ flow }) =>
          flow?.scope === "outside" && node === subject.scene.nodes[0] ? flow.host : undefined,
        ) ??
        rejected(table, failed, ({ flow }) => flow?.from.ips.IPv6);
      if (taken) return yield* atNodeItself(subject, taken, node);
    }
    return excluded("no route that rejects matches an address that was dialled", looked);
  },
};

interface Taken {
  readonly symptoms: readonly Symptom[];
  readonly host: string;
  readonly route: Route;
}

/** The dials for whose address the longest matching route rejects. */
function rejected(
  table: readonly Route[],
  failed: readonly Symptom[],
  hostOf: (symptom: Symptom) => string | undefined,
): Taken | undefined {
  const taken = failed.flatMap((symptom) => {
    const host = hostOf(symptom) ?? "";
    const address = parseAddress(host);
    const route = address?.family === "IPv6" ? routeTo(table, address) : undefined;
    return route?.reject ? [{ symptom, host, route }] : [];
  });
  const [first] = taken;
  const same = taken.filter(({ route }) => route === first?.route);
  return first && { symptoms: same.map(({ symptom }) => symptom), host: first.host, route: first.route };
}

/** The file names no tables, so that the node dials too: whether the route is in the one it looks up is told by its kernel. */
function* atNodeItself(subject: Case, taken: Taken, node: SceneNode): Asking<Judgement> {
  const [first] = taken.symptoms as [Symptom];
  const where = `node ${node.name}`;
  const { flow } = first;
  if (!flow) return possible(because(where, taken), remedyFor(subject, taken, where));
  // What rejects the source's address takes the answers.
  const own = flow.from.ips.IPv6 ?? "";
  const peer = taken.host === own ? (flow.toPod?.ips.IPv6 ?? flow.host ?? "") : own;
  const rejects = yield* rejectsAtOnce(subject, node, flow, [peer, taken.host]);
  if ("missing" in rejects)
    return possible(because(where, taken), { ...remedyFor(subject, taken, where), missing: rejects.missing });
  return inForce(subject, taken, where, [question(routes, atNode(node)), ...rejects.by]);
}

function inForce(
  subject: Case,
  taken: Taken,
  where: string,
  by: readonly [Question, ...(Question | Symptom)[]],
): Judgement {
  const [first] = taken.symptoms as [Symptom];
  const other = notOverIPv4(subject, first);
  return proven(because(where, taken), {
    ...remedyFor(subject, taken, where),
    died: { how: "tuple", dial: first, by },
    instead: [{ lookalike: "a route of another table", by }, ...(other ? [other] : [])],
  });
}

function because(where: string, { host, route }: Taken): string {
  return `${where} rejects ${host}: its longest matching route is ${route.destination}, of a kind that rejects`;
}

function remedyFor(subject: Case, { symptoms }: Taken, where: string) {
  return {
    fix: `Find out who made the route at ${where} (ip -6 route shows its kind and protocol). If it is the CNI's own block, the route of the pod is missing: restart the CNI's agent there; else delete the route.`,
    confirm: "ip -6 route get ADDRESS answers with a device, and the dial connects.",
    explains: [...symptoms.map(({ id }) => id), ...throughPods(subject, symptoms)],
  };
}
