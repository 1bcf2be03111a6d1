import { parseAddress } from "../addresses/address.ts";
import { type Case, type Cause, excluded, type Judgement, possible, proven } from "../judging/cause.ts";
import { comesThrough } from "../judging/comes-through.ts";
import { notOverIPv4 } from "../judging/compared.ts";
import { atNode, atPod, nodesOn, podName, podsOn, seenFailing } from "../judging/failures.ts";
import type { Ground } from "../judging/proof.ts";
import { throughPods, touching } from "../judging/same-fate.ts";
import type { SceneNode } from "../judging/scene.ts";
import type { Symptom } from "../judging/symptom.ts";
import { tunnelCost } from "../judging/tunnel-costs.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, ask, type Question, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "address",
  summary: "Duplicate address detection failed: somebody else has the pod's or the node's IPv6 address",
  why: "The address stays visible on the interface, but the kernel uses it for nothing: bind() answers EADDRNOTAVAIL and no neighbour solicitation is answered.",
  source: "https://www.rfc-editor.org/rfc/rfc4862#section-5.4.5",
  looksLike: ["pod-without-default-route"], // the flag dadfailed in /proc/net/if_inet6 decides
  code: "K07",

  *judge(subject) {
    const looked: Question[] = [];
    for (const pod of podsOn(subject, seenFailing(subject))) {
      const file = question(addresses, atPod(pod));
      looked.push(file);
      const failed = (yield* ask(addresses, atPod(pod))).find(
        ({ dadFailed, scope }) => dadFailed && scope === "global",
      );
      if (!failed) continue;
      const because = `${failed.address} on ${failed.device} of ${podName(pod)} is marked dadfailed`;
      // Whoever else has it may answer.
      const explains = touching(subject, pod, "refused");
      const remedy = {
        fix: `Find who else has ${failed.address} (a terminating pod, a cloned interface, an IPAM leak) and remove it, then recreate ${podName(pod)}. Where the IPAM guarantees unique addresses, the CNI may set accept_dad=0.`,
        confirm: "The address has no dadfailed flag in /proc/net/if_inet6 of the new pod.",
        explains,
      };
      const dial = subject.failures.find(({ id, kind }) => explains.includes(id) && kind === "dial");
      if (!dial) return possible(because, { ...remedy, missing: "a dial that fails of it" });
      if (failed.address !== pod.ips.IPv6)
        return possible(because, { ...remedy, missing: `that it is the pod's own address, which is ${pod.ips.IPv6}` });
      const other = notOverIPv4(subject, dial);
      return proven(because, {
        ...remedy,
        died: { how: "tuple", dial, by: [file] },
        instead: [{ lookalike: "pod-without-default-route", by: [file] }, ...(other ? [other] : [])],
      });
    }
    return yield* judgeNodes(subject, looked);
  },
};

/** The address that a node is known by: what others send to it, or by it to its pods, goes to whoever else has it. */
function* judgeNodes(subject: Case, looked: readonly Question[]): Asking<Judgement> {
  const lost = seenFailing(subject, "timeout", "host-unreachable", "network-unreachable", "refused");
  const files: Ground[] = [...looked];
  for (const node of nodesOn(subject, lost)) {
    files.push(question(addresses, atNode(node)));
    const failed = (yield* ask(addresses, atNode(node))).find(
      ({ dadFailed, address }) => dadFailed && node.internalIPs.includes(address),
    );
    if (!failed) continue;
    const because = `${failed.address} on ${failed.device} of node ${node.name}, its InternalIP, is marked dadfailed`;
    const needed = yield* dialsThatNeed(subject, lost, node, failed.address);
    const [dial] = needed.dials;
    const explains = [...new Set([...needed.dials.map(({ id }) => id), ...throughPods(subject, needed.dials)])];
    const remedy = {
      fix: `Find who else has ${failed.address} on the nodes' network (a cloned machine, a virtual address, a host outside of the cluster) and take it away there; then on node ${node.name} delete the address and add it again, or reboot.`,
      confirm: `/proc/net/if_inet6 of node ${node.name} shows the address without dadfailed.`,
      explains,
    };
    if (!dial) return possible(because, { ...remedy, missing: "a dial that needs this very address" });
    const other = notOverIPv4(subject, dial);
    // What a tunnel of IPv6 carries is lost with it, whatever it is.
    if (!other && !needed.wrapped)
      return possible(because, { ...remedy, missing: "the same dial over IPv4 that works" });
    const passes = needed.across && (yield* comesThrough(subject, needed.across, needed.way));
    if (passes?.by) {
      files.push(passes.by);
      continue;
    }
    if (passes?.unseen !== undefined) return possible(because, { ...remedy, missing: passes.unseen });
    return proven(`${because}; ${needed.how}`, {
      ...remedy,
      died: { how: "tuple", dial, by: [question(addresses, atNode(node)), ...needed.by] },
      instead: [
        { lookalike: "node-address-not-on-interface", by: [question(addresses, atNode(node))] },
        ...(other ? [other] : []),
      ],
    });
  }
  return excluded("no address of the pods and nodes that were looked into is marked dadfailed", files);
}

/** The lost dials that go to the address itself, or whose packets, or answers, the other node sends to it. */
function* dialsThatNeed(subject: Case, lost: readonly Symptom[], node: SceneNode, address: string) {
  const itself = lost.filter(({ flow }) => flow?.host === address);
  const across = lost.filter(({ flow }) => flow?.scope === "other-node" && !flow.toPod?.hostNetwork);
  for (const { flow } of across) {
    const [here, there] = flow?.from.node === node.name ? [flow.from, flow.toPod] : [flow?.toPod, flow?.from];
    const peer = subject.scene.nodes.find(({ name }) => name === there?.node);
    const pod = parseAddress(here?.ips.IPv6 ?? "");
    if (!peer || !pod || here?.node !== node.name) continue;
    const table = yield* tryAsk(routes, atNode(peer));
    const route = table.ok ? routeTo(table.value, pod) : undefined;
    const wrapped = route && tunnelCost(route.device)?.over === "IPv6";
    if (!route || !(route.gateway === address || wrapped)) continue;
    const how = `node ${peer.name} sends what is for its pods ${wrapped ? `by ${route.device}, between the nodes' addresses` : "there"}`;
    const way = flow?.from === here ? ("back" as const) : ("there" as const);
    return { dials: [...across, ...itself], how, wrapped, by: [question(routes, atNode(peer))], across: flow, way };
  }
  return { dials: itself, how: "it is what was dialled", wrapped: false, by: [], way: "there" as const };
}
