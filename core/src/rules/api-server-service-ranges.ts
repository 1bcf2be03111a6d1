import { bits } from "../addresses/address.ts";
import { flagFiles, programFlags } from "../kinds/flags.ts";
import type { Report, Rule } from "../lint/rule.ts";
import { isPlaceholder } from "../literals/placeholder.ts";
import { isSingleOrDual, prefixesOf, subnetList } from "../literals/subnet-list.ts";
import { podKinds } from "../manifest/resource.ts";

const flag = "--service-cluster-ip-range";

export const rule: Rule = {
  summary: "The API server does not start with these service ranges",
  why: `--service-cluster-ip-range takes one prefix, or two of different families joined by a comma without a blank. The
first is the primary family. From Kubernetes 1.34 on an IPv6 range may be as large as /64; before, and in IPv4, it has at most
20 host bits. A /112 fits every version.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/cmd/kube-apiserver/app/options/validation.go",
  severity: "error",
  codes: ["KAS001", "KAS002", "KAS004"],
  kinds: [...podKinds, "ClusterConfiguration", ...flagFiles],
  mentions: [/service-cluster-ip-range/],
  example: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver
  namespace: kube-system
spec:
  containers:
    - name: kube-apiserver
      command:
        - kube-apiserver
        - --service-cluster-ip-range=10.96.0.0/16,10.97.0.0/16
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver
  namespace: kube-system
spec:
  containers:
    - name: kube-apiserver
      command:
        - kube-apiserver
        - --service-cluster-ip-range=10.96.0.0/16,fd12:3456:789b::/112
`,
  },

  *check(resource, world) {
    const at = programFlags(resource, "kube-apiserver")?.get(flag.slice(2));
    const list = subnetList(at);
    if (!at || list.length === 0) return;
    const unread = list.findIndex(({ prefix, text }) => !prefix && !isPlaceholder(text));
    const prefixes = prefixesOf(list);
    if (list.length > 2) yield { at, codes: ["KAS002"], message: `${flag} must not contain more than two entries` };
    else if (unread >= 0) yield unreadable(unread, list[unread]);
    else if (prefixes && !isSingleOrDual(prefixes))
      yield { at, codes: ["KAS001"], message: `${flag}[0] and ${flag}[1] must be of different IP family` };
    else
      for (const [index, { address, length }] of (prefixes ?? []).entries()) {
        const width = bits(address.family);
        const modern = world.atLeast(34);
        const shortest = width === 128 && modern ? 64 : width - 20;
        // Since 1.34 the allocator has no such limit for IPv4.
        if (length >= shortest || (width === 32 && modern)) continue;
        const message = modern
          ? "shortest allowed prefix length for service CIDR is 64; a /112 fits every version"
          : `specified ${flag} is too large; for ${width}-bit addresses, the mask must be >= ${shortest}`;
        yield { at: list[index]?.at, codes: ["KAS004"], message };
      }
  },
};

function unreadable(index: number, part: ReturnType<typeof subnetList>[number] | undefined): Report {
  const words = index === 0 ? "is not a valid cidr" : "is not an ip net";
  const advice = part?.text !== part?.text.trim() ? "remove the blank" : "write address/length";
  return { at: part?.at, codes: ["KAS001"], message: `service-cluster-ip-range[${index}] ${words}; ${advice}` };
}
