import type { KubeObject } from "../cluster/cluster.ts";
import { probe as configMap } from "../probes/config-map.ts";
import { type Asking, question, tryAsk } from "../probing/probe.ts";
import { setName } from "./cni-agents.ts";
import type { Ground } from "./proof.ts";

/** How kube-proxy tells the kernel of Services, and where that was read; undefined: nobody could read it. */
export type KubeProxyMode =
  | { readonly mode: "iptables" | "nftables" | "ipvs"; readonly by: Ground }
  | { readonly mode: undefined; readonly because: string };

/**
 * The mode stands in its ConfigMap, or on its command line, which wins where there is no configuration file; empty is
 * iptables. {@link https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/}
 */
export function* kubeProxyMode(set: KubeObject | undefined): Asking<KubeProxyMode> {
  const named = { namespace: set?.metadata.namespace ?? "kube-system", name: "kube-proxy" };
  const config = yield* tryAsk(configMap, named);
  const by = question(configMap, named);
  if (!config.ok) return { mode: undefined, because: config.refusal.message };
  const text = String(config.value.data?.["config.conf"] ?? Object.values(config.value.data ?? {})[0] ?? "");
  if (!/KubeProxyConfiguration/.test(text))
    return {
      mode: undefined,
      because: `ConfigMap ${named.namespace}/${named.name} of ${set ? setName(set) : "kube-proxy"} holds no KubeProxyConfiguration`,
    };
  const written = /^[ \t]*mode:[ \t]*(?:["']?([a-z]+)["']?[ \t]*)?(?:#.*)?$/m.exec(text)?.[1] ?? "";
  if (written === "" || written === "iptables") return { mode: "iptables", by };
  if (written === "nftables" || written === "ipvs") return { mode: written, by };
  return { mode: undefined, because: `mode ${written} is not known` };
}
