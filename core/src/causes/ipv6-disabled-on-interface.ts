import { type Case, type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { notOverIPv4 } from "../judging/compared.ts";
import { dnsPods } from "../judging/dns-pods.ts";
import { atPod, isAt, nodesOn, podName, podsOn, seenFailing } from "../judging/failures.ts";
import type { Ground } from "../judging/proof.ts";
import { lostFrom, lostTo, throughPods, touching } from "../judging/same-fate.ts";
import type { SceneNode } from "../judging/scene.ts";
import { uplinkIsOff } from "../judging/uplink.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as interfaceSysctls } from "../probes/interface-sysctls.ts";
import { type Asking, ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "kernel",
  summary: "IPv6 is disabled on an interface of the pod, or of its node",
  why: "net.ipv6.conf.<interface>.disable_ipv6=1 removes every IPv6 address and route from the interface. Runtimes set it when they believe the cluster is IPv4-only, and a sysctl.d line for `default` reaches every new pod. The value of `all` says nothing about an interface that exists already.",
  source: "https://docs.kernel.org/networking/ip-sysctl.html",
  // Told apart by the setting itself: it is absent below 1280 bytes, and 0 where no address was ever given.
  looksLike: ["mtu-below-1280", "kernel-without-ipv6", "calico-no-ipv6-pool"],
  code: "K02",

  *judge(subject) {
    const failing = seenFailing(subject, "timeout", "host-unreachable", "network-unreachable", "no-local-address");
    const looked: Ground[] = [];
    for (const pod of podsOn(subject, failing)) {
      const at = atPod(pod);
      const settings = yield* ask(interfaceSysctls, at);
      looked.push(question(interfaceSysctls, at));
      const off = Object.entries(settings).filter(
        ([device, { disable_ipv6 }]) => disable_ipv6 === 1 && !general.has(device),
      );
      const [device] = off[0] ?? [];
      if (!device) continue;
      const found = yield* ask(addresses, at);
      if (found.some((address) => address.device === device || address.address === pod.ips.IPv6)) continue;
      const because = `${device}.disable_ipv6 is 1 in ${podName(pod)}, and ${device} has no IPv6 address`;
      const explains = touching(subject, pod);
      const remedy = {
        fix: `Remove net.ipv6.conf.(all|default|${device}).disable_ipv6=1 from /etc/sysctl.d on node ${pod.node}, from the pod's securityContext.sysctls and from its init containers, then recreate the pod: setting it back to 0 restores only the link-local address.`,
        confirm: `/proc/net/if_inet6 of the new pod lists its podIP on ${device}.`,
        explains,
      };
      const dial = subject.failures.find(({ id, kind }) => kind === "dial" && explains.includes(id));
      if (!dial) return possible(because, { ...remedy, missing: "a dial that fails of it" });
      // A second interface may do without on purpose, while the first lost the address by something else.
      const spare = Object.keys(settings).find((name) => settings[name]?.disable_ipv6 === 0 && !general.has(name));
      if (spare !== undefined)
        return possible(because, {
          ...remedy,
          missing: `that the pod's address belongs on ${device}, and not on ${spare}`,
        });
      const seen = [question(interfaceSysctls, at), question(addresses, at)] as const;
      const other = notOverIPv4(subject, dial);
      return proven(because, {
        ...remedy,
        died: { how: "tuple", dial, by: seen },
        instead: [{ lookalike: "mtu-below-1280", by: seen }, ...(other ? [other] : [])],
      });
    }
    for (const node of failing.length > 0 ? nodesOn(subject, failing) : []) {
      const off = yield* uplinkIsOff(node);
      looked.push(node);
      const explains = off ? yield* lostBeyond(subject, node) : [];
      const dial = subject.failures.find(({ id, kind }) => kind === "dial" && explains.includes(id));
      if (!off || !dial) continue;
      const other = notOverIPv4(subject, dial);
      return proven(off.because, {
        fix: `Remove net.ipv6.conf.(all|default|${off.device}).disable_ipv6=1 from /etc/sysctl.d on node ${node.name}, set it to 0, and let what manages its network give ${off.device} its addresses and routes again.`,
        confirm: `/proc/net/if_inet6 of node ${node.name} lists its InternalIP on ${off.device}.`,
        died: { how: "tuple", dial, by: off.by },
        instead: [{ lookalike: "route-to-peer-missing", by: off.by }, ...(other ? [other] : [])],
        explains,
      });
    }
    return excluded("disable_ipv6 is 0 on the interfaces of the pods that were looked into", looked);
  },
};

/** Ids of what leaves a node by its uplink, or comes to it by that, and is lost. */
function* lostBeyond(subject: Case, node: SceneNode): Asking<string[]> {
  const [source] = subject.scene.pods;
  if (!source || subject.scene.nodes[0] !== node)
    return lostTo(subject, (flow) => flow.toPod?.node === node.name || isAt(flow, node));
  const servers = yield* dnsPods();
  const asksOthers = servers.length > 0 && servers.every(({ pod }) => pod.spec?.nodeName !== node.name);
  const sent = (yield* lostFrom(subject, source)).filter(({ flow }) =>
    flow ? flow.scope !== "service" && flow.toPod?.node !== node.name && !isAt(flow, node) : asksOthers,
  );
  return [...sent.map(({ id }) => id), ...throughPods(subject, sent)];
}

/** `all` and `default` are templates, and a pod can do without IPv6 on lo. */
const general = new Set(["all", "default", "lo"]);
