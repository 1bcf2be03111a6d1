import { parseAddress } from "../addresses/address.ts";
import { type Case, type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { notOverIPv4 } from "../judging/compared.ts";
import { crossingOf, watchCrossing } from "../judging/crossing.ts";
import { atPod, podName, podsOn, seenFailing } from "../judging/failures.ts";
import { touching } from "../judging/same-fate.ts";
import type { Flow } from "../judging/scene.ts";
import { trackedOf } from "../judging/tracking.ts";
import { hasDefault, routeTo } from "../linux/ipv6-route.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, ask, type Question, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "route",
  summary: "The pod has an IPv6 address and no default route",
  why: "Everything outside the pod's own prefix is answered with ENETUNREACH by the pod's own kernel, and a pod that is dialled cannot send its answers. Typical of a bridge or host-local configuration without a ::/0 route.",
  source: "https://www.cni.dev/plugins/current/ipam/host-local/",
  // Both leave the pod without a default route, but take its address away too.
  looksLike: ["ipv6-disabled-on-interface", "node-without-default-route", "mtu-below-1280"],
  code: "R01",

  *judge(subject) {
    const looked: Question[] = [];
    for (const pod of podsOn(subject, seenFailing(subject, "timeout", "host-unreachable", "network-unreachable"))) {
      const at = atPod(pod);
      const usable = (yield* ask(addresses, at)).filter(({ device, scope }) => device !== "lo" && scope === "global");
      const table = yield* ask(routes, at);
      looked.push(question(addresses, at), question(routes, at));
      if (usable.length === 0 || hasDefault(table)) continue;
      const touched = touching(subject, pod);
      // What a more specific route leads to does not need a default one.
      const stranded = subject.failures.filter(({ id, flow, name }) => {
        const answered = flow && flow.from !== pod ? flow.from.ips.IPv6 : (flow?.host ?? name?.server);
        const address = parseAddress(answered ?? "");
        return touched.includes(id) && address && !routeTo(table, address);
      });
      const because = `${podName(pod)} has ${usable[0]?.address} and no route to ::/0`;
      const remedy = {
        fix: 'Give the CNI configuration on the node a default route for IPv6 ({"dst": "::/0"} in the IPAM routes, or isDefaultGateway) and recreate the pod.',
        confirm: "/proc/net/ipv6_route of the new pod has a ::/0 entry with a gateway.",
        explains: stranded.map(({ id }) => id),
      };
      const dial = stranded.find(({ kind }) => kind === "dial");
      if (!dial) return possible(`${because}, but nothing that was dialled failed of it`, remedy);
      const arrived = dial.flow && dial.flow.from !== pod ? yield* arrivedAt(subject, dial.flow) : undefined;
      if (arrived === "translated") continue;
      if (arrived === "not seen")
        return possible(because, {
          ...remedy,
          missing: `the connection among those that node ${pod.node} tracks: something else may take it before it comes`,
        });
      const other = notOverIPv4(subject, dial);
      return proven(because, {
        ...remedy,
        died: { how: "tuple", dial, by: [question(routes, at), ...(arrived ? [arrived] : [])] },
        instead: [
          { lookalike: "ipv6-disabled-on-interface", by: [question(addresses, at)] },
          ...(other ? [other] : []),
        ],
      });
    }
    return excluded("the pods that were looked into have a default route, or no IPv6 address at all", looked);
  },
};

/**
 * By what the node of a target was seen to pass a dial on to it from the pod's own address. What it translates to an address of its own
 * is answered on the link, without a default route.
 */
function* arrivedAt(subject: Case, flow: Flow): Asking<Question | "translated" | "not seen"> {
  const crossing = crossingOf(subject.scene, flow, subject.patience);
  if (!crossing) return "not seen";
  const { near, far } = yield* watchCrossing(crossing);
  const { questions } = crossing;
  const [seen, by] = far && questions.far ? [far, questions.far] : [near, questions.near];
  const tracked = seen.ok ? trackedOf(flow, seen.value) : undefined;
  if (!tracked) return "not seen";
  return tracked.reply.destination === tracked.original.source ? by : "translated";
}
