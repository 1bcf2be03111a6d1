import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { atNode, dialledDuring, failedDials, nodeSysctl, nodesOn, sysctlCommand } from "../judging/failures.ts";
import { lostThrough } from "../judging/same-fate.ts";
import { probe as counters } from "../probes/counters.ts";
import { probe as forwarding } from "../probes/forwarding.ts";
import { probe as interfaceSysctls } from "../probes/interface-sysctls.ts";
import { ask, type Question, question, tryAsk } from "../probing/probe.ts";

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
    if (silent.length === 0) return excluded("no IPv6 dial ended in silence", dialsOverIPv6(subject));
    const looked: Question[] = [];
    for (const node of nodesOn(subject, silent)) {
      const { name } = node;
      const at = atNode(node);
      looked.push(question(forwarding, { node: name }));
      if ((yield* ask(forwarding, { node: name })) !== 0) continue;
      const settings = yield* ask(interfaceSysctls, at);
      looked.push(question(interfaceSysctls, at));
      if (Object.values(settings).some(({ force_forwarding }) => force_forwarding === 1)) continue;
      const remedy = {
        ...sysctlCommand(name, "net.ipv6.conf.all.forwarding", 1),
        fix: `${nodeSysctl(name, "net.ipv6.conf.all.forwarding", 1)} If the node learns its default route from router advertisements, set accept_ra=2 on its uplink as well: forwarding turns accept_ra=1 off.`,
        confirm: "Dial again; Ip6OutForwDatagrams in the node's /proc/net/snmp6 rises instead of Ip6InAddrErrors.",
        explains: yield* lostThrough(subject, node, ["timeout"]),
      };
      const because = `all.forwarding is 0 on node ${name}`;
      const counted = yield* tryAsk(counters, at);
      const dial = yield* dialledDuring(subject, node, silent);
      const { Ip6InAddrErrors: died = 0, Ip6OutForwDatagrams: forwarded = 0 } = counted.ok ? counted.value.moved : {};
      if (!dial || died === 0)
        return possible(`${because}, but no packet was seen to die of it`, {
          ...remedy,
          missing: `Ip6InAddrErrors of node ${name} that rises while the dial is made`,
        });
      // Where it is off and packets are forwarded all the same, somebody else than the kernel's routing does it.
      if (forwarded > 0)
        return possible(`${because}, and it forwarded ${forwarded} packets all the same`, {
          ...remedy,
          missing: "what forwards them",
        });
      const other = notOverIPv4(subject, dial.symptom);
      return proven(`${because}, and Ip6InAddrErrors rose by ${died} while dialling; nothing was forwarded`, {
        ...remedy,
        died: { how: "counted", dial: dial.symptom, by: [question(counters, at), ...dial.by], packets: died },
        instead: [
          { lookalike: "forward-policy-drops-ipv6", by: [question(counters, at)] },
          { lookalike: "force_forwarding of an interface", by: [question(interfaceSysctls, at)] },
          ...(other ? [other] : []),
        ],
      });
    }
    return excluded("all.forwarding is on where the failed dials pass", looked);
  },
};
