import { parseAddress } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { gaveUp } from "../judging/asked-in-vain.ts";
import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { crossingOf, trackingSeen, watchCrossing } from "../judging/crossing.ts";
import { atNode, failedDials } from "../judging/failures.ts";
import type { Ground } from "../judging/proof.ts";
import type { Symptom } from "../judging/symptom.ts";
import { trackedOf } from "../judging/tracking.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as routes } from "../probes/routes.ts";
import { probe as services } from "../probes/services.ts";
import { type Asking, ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "service",
  summary: "Nobody answers for the load balancer's IPv6 address on the nodes' network",
  why: "A load balancer without a cloud (MetalLB in layer 2 mode, kube-vip, Cilium's announcements) lets one node answer neighbour solicitations for the Service's address. Where the speaker is down, speaks IPv4 only, or finds no interface with a usable link-local address, the address is in the Service's status and nowhere else.",
  source: "https://metallb.io/concepts/layer2/",
  looksLike: ["kube-proxy-no-ipv6-rules", "no-ready-ipv6-endpoints"], // the cluster's own address fails as well there
  code: "S06",

  *judge(subject) {
    const [node] = subject.scene.nodes;
    const lost = failedDials(subject, "timeout", "host-unreachable").filter(
      ({ flow }) => flow?.scope === "load-balancer" || (flow?.scope === "outside" && flow.asked),
    );
    const [dial] = lost;
    if (!dial?.flow?.host || !node)
      return excluded("no IPv6 dial to a load balancer was lost", dialsOverIPv6(subject, "load-balancer"));
    const { host } = dial.flow;
    const table = question(routes, atNode(node));
    const address = parseAddress(host);
    const route = address ? routeTo(yield* ask(routes, atNode(node)), address) : undefined;
    if (!route || route.gateway !== undefined || route.reject)
      return excluded(`${host} is not on a link of node ${node.name}`, [table]);
    const owner = yield* serviceWith(dial, host);
    if (!owner) return excluded(`no Service lists ${host} in its status`, [question(services, {})]);
    const crossing = crossingOf(subject.scene, dial.flow, subject.patience);
    if (!crossing) return unknown("the dial could not be watched");
    const { near } = yield* watchCrossing(crossing);
    const seen = crossing.questions.near;
    const tracked = near.ok ? trackedOf(dial.flow, near.value) : undefined;
    if (tracked && tracked.reply.source !== host)
      return excluded(`node ${node.name} translates ${host} to ${tracked.reply.source}`, [
        trackingSeen(crossing, { near }),
      ]);
    const asked = near.ok ? (near.value.counters.Icmp6OutNeighborSolicits ?? 0) : 0;
    const because = `${owner.name} lists ${host} in status.loadBalancer, which is on link at ${route.device} of node ${node.name}`;
    const remedy = {
      fix: "Look at the speaker of the load balancer (its log about NDP, its interfaces, which node it chose) and at its address pool; a Service with externalTrafficPolicy: Local is only announced by nodes with an endpoint.",
      confirm: `ip -6 neigh show ${host} on node ${node.name} names the MAC address of a node.`,
      explains: lost.filter(({ flow }) => flow?.host === host).map(({ id }) => id),
    };
    const works = subject.symptoms.find(
      ({ flow, family, outcome }) => flow?.scope === "service" && family === "IPv6" && outcome === "ok",
    );
    // Others ask for neighbours too; that the kernel gave up on this one is told to who dials.
    const given = yield* gaveUp(subject, dial);
    if (asked === 0 || !tracked || !given)
      return possible(because, {
        ...remedy,
        missing: `that node ${node.name} asks for ${host} in vain while it is dialled`,
      });
    return proven(`${because}; it passed the connection on and asked for neighbours ${asked} times, and gave up`, {
      ...remedy,
      died: { how: "counted", dial, by: [given, seen, trackingSeen(crossing, { near })], packets: asked },
      instead: [{ lookalike: "kube-proxy-no-ipv6-rules", by: works ? [works] : [seen, ...owner.by] }],
    });
  },
};

/** The Service that has the address from a load balancer. */
function* serviceWith({ flow }: Symptom, host: string): Asking<{ name: string; by: Ground[] } | undefined> {
  if (flow?.scope === "load-balancer" && flow.service)
    return { name: `Service ${flow.service.namespace}/${flow.service.name}`, by: [flow.service] };
  const found = (yield* ask(services, {})).find((service) => ingressOf(service).includes(host));
  return found && { name: `Service ${found.metadata.namespace}/${found.metadata.name}`, by: [question(services, {})] };
}

function ingressOf({ status }: KubeObject): (string | undefined)[] {
  return ((status?.loadBalancer?.ingress ?? []) as { ip?: string }[]).map(({ ip }) => ip);
}
