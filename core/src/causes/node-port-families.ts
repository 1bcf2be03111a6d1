import { contains, parseAddress, parsePrefix } from "../addresses/address.ts";
import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { daemonSetNamed } from "../judging/cni-agents.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { failedDials, isLate } from "../judging/failures.ts";
import { listIn } from "../judging/kube-proxy-config.ts";
import { probe as configMap } from "../probes/config-map.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "service",
  summary: "kube-proxy serves node ports on other addresses only, mostly those of IPv4",
  why: "nodePortAddresses lists the prefixes whose addresses of a node take connections for node ports. A list with IPv4 prefixes alone leaves node ports over IPv6 to nobody, while the Service itself works in both families.",
  source: "https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/",
  looksLike: ["kube-proxy-no-ipv6-rules", "firewall-rejects"], // the Service's own IPv6 address fails too / the node rejects
  code: "P04",

  *judge(subject) {
    const lost = failedDials(subject).filter(({ flow }) => flow?.scope === "node-port" && flow.host !== undefined);
    const [dial] = lost;
    if (!dial?.flow?.service)
      return excluded("no IPv6 dial to a node's port of a Service failed", dialsOverIPv6(subject, "node-port"));
    const set = yield* daemonSetNamed(/^kube-proxy/);
    const named = { namespace: set?.metadata.namespace ?? "kube-system", name: "kube-proxy" };
    const { data = {} } = yield* ask(configMap, named);
    const config = question(configMap, named);
    const list = listIn(String(data["config.conf"] ?? Object.values(data)[0] ?? ""), "nodePortAddresses");
    const refused = dial.outcome === "refused" && !isLate(subject, dial);
    if (list === undefined || list.some((entry) => serves(entry, dial.flow?.host ?? ""))) {
      const now = `nodePortAddresses is ${list?.join(", ") ?? "not set"}`;
      return refused
        ? unknown(`${now} by now; what kube-proxy read of it when it started is not seen`)
        : excluded(now, [config, dial]);
    }
    const because = `nodePortAddresses of kube-proxy is ${list.join(", ")}, and ${dial.flow.host} is in none of it`;
    const remedy = {
      fix: `Add the nodes' IPv6 prefix to nodePortAddresses in ConfigMap ${named.namespace}/${named.name}, or write "primary", and restart kube-proxy.`,
      confirm: `${dial.to} connects.`,
      explains: lost
        .filter(
          ({ flow, outcome }) => outcome === dial.outcome && !list.some((entry) => serves(entry, flow?.host ?? "")),
        )
        .map(({ id }) => id),
    };
    // Where the CNI does its work, its ConfigMap is often left.
    if (!set)
      return possible(because, {
        ...remedy,
        missing: "a kube-proxy that reads it: no DaemonSet of that name was seen",
      });
    const service = subject.symptoms.find(
      ({ flow, family, outcome }) => flow?.scope === "service" && family === "IPv6" && outcome === "ok",
    );
    if (!service) return possible(because, { ...remedy, missing: "that the Service itself works over IPv6" });
    if (!refused)
      return possible(because, {
        ...remedy,
        missing: `that the node itself refuses, at once: a firewall may take it before (${dial.text})`,
      });
    return proven(`${because}; ${service.to} connects`, {
      ...remedy,
      died: { how: "control", dial, by: [service, config] },
      instead: [{ lookalike: "kube-proxy-no-ipv6-rules", by: [service] }],
    });
  },
};

/** `primary` stands for the addresses that Kubernetes lists for the node, of either family; what is not understood may serve it. */
function serves(entry: string, host: string): boolean {
  const [prefix, address] = [parsePrefix(entry), parseAddress(host)];
  return prefix === undefined || address === undefined || contains(prefix, address);
}
