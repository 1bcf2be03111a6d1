import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { atNode, failedDials, nodeSysctl, nodesOn } from "../judging/failures.ts";
import { probe as counters } from "../probes/counters.ts";
import { probe as forwarding } from "../probes/forwarding.ts";
import { probe as interfaceSysctls } from "../probes/interface-sysctls.ts";
import { ask, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "kernel",
  summary: "IPv6 forwarding is off on the node",
  why: "A node routes between its pods and everybody else. With net.ipv6.conf.all.forwarding=0 it drops their packets without a word, and counts each in Ip6InAddrErrors; the forwarding value of a single interface does not matter.",
  source: "https://docs.kernel.org/networking/ip-sysctl.html",
  // A firewall lets Ip6OutForwDatagrams rise, a blackhole route moves no counter at all.
  looksLike: ["forward-policy-drops-ipv6", "blackhole-route"],
  code: "K03",

  *judge(subject) {
    const silent = failedDials(subject, "timeout");
    if (silent.length === 0) return excluded("no IPv6 dial ended in silence");
    for (const { name, ...node } of nodesOn(subject, silent)) {
      if ((yield* ask(forwarding, { node: name })) !== 0) continue;
      const settings = yield* tryAsk(interfaceSysctls, atNode({ name, ...node }));
      if (settings.ok && Object.values(settings.value).some(({ force_forwarding }) => force_forwarding === 1)) continue;
      const counted = yield* tryAsk(counters, atNode({ name, ...node }));
      const { moved = {}, total = {} } = counted.ok ? counted.value : {};
      const died = moved.Ip6InAddrErrors ?? 0;
      const remedy = {
        fix: `${nodeSysctl(name, "net.ipv6.conf.all.forwarding", 1)} If the node learns its default route from router advertisements, set accept_ra=2 on its uplink as well: forwarding turns accept_ra=1 off.`,
        confirm: "Dial again; Ip6OutForwDatagrams in the node's /proc/net/snmp6 rises instead of Ip6InAddrErrors.",
      };
      if (died > 0)
        return proven(
          `all.forwarding is 0 on node ${name}, and Ip6InAddrErrors rose by ${died} while dialling`,
          remedy,
        );
      if (total.Ip6InAddrErrors)
        return proven(
          `all.forwarding is 0 on node ${name}, which has dropped ${total.Ip6InAddrErrors} packets for it (Ip6InAddrErrors)`,
          remedy,
        );
      return possible(`all.forwarding is 0 on node ${name}, but no packet was seen to die of it`, remedy);
    }
    return excluded("all.forwarding is on where the failed dials pass");
  },
};
