import { familyOf } from "../addresses/address.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { daemonSetNamed } from "../judging/cni-agents.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { failedDials } from "../judging/failures.ts";
import { listIn } from "../judging/kube-proxy-config.ts";
import { probe as configMap } from "../probes/config-map.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "service",
  summary: "kube-proxy serves node ports on IPv4 addresses only",
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
    if (list === undefined || list.some((entry) => familyOf(entry.split("/")[0] ?? "") !== "IPv4"))
      return excluded(`nodePortAddresses is ${list?.join(", ") ?? "not set"}`, [config]);
    const because = `nodePortAddresses of kube-proxy is ${list.join(", ")}, and ${dial.flow.host} is in none of it`;
    const remedy = {
      fix: `Add the nodes' IPv6 prefix to nodePortAddresses in ConfigMap ${named.namespace}/${named.name}, or write "primary", and restart kube-proxy.`,
      confirm: `${dial.to} connects.`,
      explains: lost.map(({ id }) => id),
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
    return proven(`${because}; ${service.to} connects`, {
      ...remedy,
      died: { how: "control", dial, by: [service, config] },
      instead: [{ lookalike: "kube-proxy-no-ipv6-rules", by: [service] }],
    });
  },
};
