import {
  type Address,
  bits,
  contains,
  network,
  type Prefix,
  parseAddress,
  parsePrefix,
  unmapped,
} from "../addresses/address.ts";
import { serviceRanges } from "../facts/service-ranges.ts";
import { serviceFields } from "../kinds/service.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "A cluster IP outside the ranges that Services get theirs from",
  why: `The API server hands out cluster IPs from \`--service-cluster-ip-range\` and from ServiceCIDR objects, and refuses any
other address. Leave the field out, or take an address of a range.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/cluster-ip-allocation/",
  severity: "error",
  codes: ["SVC015"],
  kinds: ["Service"],
  groups: [""],
  mentions: [/clusterIP/],
  example: {
    bad: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  serviceSubnet: 10.96.0.0/16,fd00:10:96::/112
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: 10.97.0.10
`,
    good: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  serviceSubnet: 10.96.0.0/16,fd00:10:96::/112
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: 10.96.0.10
`,
  },

  *check(service, world) {
    const ranges = serviceRanges(world)?.flatMap((text) => parsePrefix(text) ?? []);
    const { clusterIPs, type } = serviceFields(service);
    if (!ranges || type === "ExternalName") return;
    for (const ip of clusterIPs) {
      const read = parseAddress(ip.text ?? "");
      // Go takes an IPv4-mapped address for the IPv4 address in it.
      const address = read && unmapped(read);
      const own = ranges.filter((range) => range.address.family === address?.family);
      // That a family is not served at all is said by a rule of its own.
      if (!address || own.length === 0 || own.some((range) => gives(range, address))) continue;
      yield { at: ip, message: `the provided IP (${ip.text}) is not in the valid range; leave it out` };
    }
  },
};

/**
 * The allocator leaves out the network's own address, and the broadcast address of IPv4:
 * {@link https://github.com/kubernetes/kubernetes/blob/master/pkg/registry/core/service/ipallocator/ipallocator.go}.
 */
function gives(range: Prefix, address: Address): boolean {
  const { family } = address;
  const host = address.value - network(range).address.value;
  const last = (1n << BigInt(bits(family) - range.length)) - 1n;
  return contains(range, address) && host !== 0n && !(family === "IPv4" && host === last);
}
