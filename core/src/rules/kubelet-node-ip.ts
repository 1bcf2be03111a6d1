import { type Address, parseAddress } from "../addresses/address.ts";
import { flagFiles, programFlags } from "../kinds/flags.ts";
import type { Rule } from "../lint/rule.ts";
import { isPlaceholder } from "../literals/placeholder.ts";
import { subnetList } from "../literals/subnet-list.ts";
import { podKinds } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "The kubelet does not take this --node-ip",
  why: `--node-ip is one address, or two of different families joined by a comma. Of a pair, neither may be 0.0.0.0 or ::. A
part that is no address, such as one in brackets, is logged and left out, which quietly makes the node single-stack.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/component-helpers/node/util/ips.go",
  severity: "error",
  codes: ["KLT001", "KLT002"],
  kinds: [...podKinds, "InitConfiguration", "JoinConfiguration", ...flagFiles],
  mentions: [/node-ip/],
  example: {
    bad: `apiVersion: v1
kind: Pod
metadata: {name: kubelet}
spec:
  containers:
    - command:
        - kubelet
        - --node-ip=10.0.0.21,[fd12:3456:789a:ff::21]
`,
    good: `apiVersion: v1
kind: Pod
metadata: {name: kubelet}
spec:
  containers:
    - command:
        - kubelet
        - --node-ip=10.0.0.21,fd12:3456:789a:ff::21
`,
  },

  *check(resource, world) {
    const flags = programFlags(resource, "kubelet");
    const at = flags?.get("node-ip");
    const list = subnetList(at);
    const addresses = addressesOf(list.map(({ text }) => text));
    if (!at || list.length === 0) return;
    if (!isSingleOrPair(addresses))
      yield {
        at,
        codes: ["KLT001"],
        message: `bad --node-ip "${at.text}": must contain either a single IP or a dual-stack pair of IPs`,
      };
    else if (addresses.length === 2 && addresses.some(isUnspecified))
      yield {
        at,
        codes: ["KLT001"],
        message: "dual-stack node IP cannot include '0.0.0.0' or '::'; name the node's addresses",
      };
    else if (addresses.length === 2 && isCloud(flags) && !world.atLeast(29))
      yield {
        at,
        codes: ["KLT001"],
        message: `bad --node-ip "${at.text}": dual-stack not supported in this configuration; with a cloud provider from 1.29 on`,
      };
    else
      for (const part of list) {
        if (parseAddress(part.text.trim()) || part.text.trim() === "" || isPlaceholder(part.text)) continue;
        const bare = /^\[(.*)\]$/.exec(part.text.trim())?.[1] ?? "";
        const texts = list.map((other) => (other === part ? bare : other.text));
        const fits = parseAddress(bare) && isSingleOrPair(addressesOf(texts));
        yield {
          at: part.at,
          codes: ["KLT002"],
          severity: "warning",
          message: `Could not parse some node IP(s), ignoring them: ${part.text}; write a bare address`,
          fix: fits
            ? { kind: "spelling", title: "Remove the brackets", edits: [at.replace(texts.join(","))] }
            : undefined,
        };
      }
  },
};

/** {@link https://github.com/kubernetes/enhancements/tree/master/keps/sig-network/3705-cloud-node-ips} */
function isCloud(flags: ReturnType<typeof programFlags>): boolean {
  const provider = flags?.get("cloud-provider")?.text ?? "";
  return provider !== "" && !/CloudDualStackNodeIPs=true/i.test(flags?.get("feature-gates")?.text ?? "");
}

function addressesOf(texts: readonly string[]): readonly Address[] {
  return texts.flatMap((text) => parseAddress(text.trim()) ?? []);
}

function isSingleOrPair(addresses: readonly Address[]): boolean {
  return addresses.length < 2 || (addresses.length === 2 && addresses[0]?.family !== addresses[1]?.family);
}

function isUnspecified({ value }: Address): boolean {
  return value === 0n;
}
