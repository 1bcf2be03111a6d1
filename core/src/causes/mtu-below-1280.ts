import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { notOverIPv4 } from "../judging/compared.ts";
import { atPod, podName, podsOn, seenFailing } from "../judging/failures.ts";
import { touching } from "../judging/same-fate.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as interfaceSysctls } from "../probes/interface-sysctls.ts";
import { probe as links } from "../probes/links.ts";
import { ask, type Question, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "link",
  summary: "The pod's MTU is below 1280 bytes, so the kernel removed IPv6 from its interface",
  why: "IPv6 needs links of at least 1280 bytes. Below that Linux takes IPv6 off the interface altogether, its directory under /proc/sys/net/ipv6/conf included; IPv4 goes on.",
  source: "https://www.rfc-editor.org/rfc/rfc8200#section-5",
  looksLike: ["ipv6-disabled-on-interface"], // there the interface has its directory, with disable_ipv6=1
  code: "K10",

  *judge(subject) {
    const failing = seenFailing(subject, "timeout", "host-unreachable", "network-unreachable", "no-local-address");
    const looked: Question[] = [];
    for (const pod of podsOn(subject, failing)) {
      const at = atPod(pod);
      const mtus = yield* ask(links, at);
      looked.push(question(links, at));
      const small = Object.entries(mtus).filter(([device, mtu]) => device !== "lo" && mtu < 1280);
      if (small.length === 0) continue;
      const settings = yield* ask(interfaceSysctls, at);
      const [device, mtu] = small.find(([name]) => !settings[name]) ?? [];
      if (!device) continue;
      // A pod may have more interfaces than the one of its address.
      looked.push(question(addresses, at));
      if ((yield* ask(addresses, at)).some(({ address }) => address === pod.ips.IPv6)) continue;
      const because = `${device} of ${podName(pod)} has an MTU of ${mtu}, and no /proc/sys/net/ipv6/conf/${device}`;
      const explains = touching(subject, pod);
      const remedy = {
        fix: "Raise the CNI's MTU to 1280 or more (VXLAN over IPv6 takes 70 bytes, so its underlay needs 1350) and recreate the pods: raising it on a running pod does not bring its address back.",
        confirm: `/proc/net/if_inet6 of the new pod lists its podIP on ${device}.`,
        explains,
      };
      const dial = subject.failures.find(({ id, kind }) => kind === "dial" && explains.includes(id));
      if (!dial) return possible(because, { ...remedy, missing: "a dial that fails of it" });
      const spare = Object.keys(mtus).find((name) => name !== "lo" && settings[name]);
      if (spare !== undefined)
        return possible(because, {
          ...remedy,
          missing: `that the pod's address belongs on ${device}, and not on ${spare}`,
        });
      const seen = [question(links, at), question(interfaceSysctls, at), question(addresses, at)] as const;
      const other = notOverIPv4(subject, dial);
      return proven(because, {
        ...remedy,
        died: { how: "tuple", dial, by: seen },
        instead: [{ lookalike: "ipv6-disabled-on-interface", by: seen }, ...(other ? [other] : [])],
      });
    }
    return excluded("no interface of the pods that were looked into is below 1280 bytes", looked);
  },
};
