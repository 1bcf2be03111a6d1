import { mapping } from "../../policy/read.ts";
import { type MendWay, notOffered } from "../way.ts";

/** https://docs.cilium.io/en/stable/network/concepts/masquerading/ */
export const way: MendWay = {
  kind: "ConfigMap",
  types: [{ apiVersion: "v1", resource: "configmaps" }],
  says: "lets Cilium translate pods that leave the cluster over IPv6 to the address of their node",
  besides: () => [
    "Who outside knew pods by their own addresses sees those of their nodes: allow lists, logs.",
    "It is in force once the agents were restarted; running pods keep their connections inside the cluster.",
  ],
  settles: 0,
  afterwards: ({ metadata }) => ["-n", metadata.namespace ?? "kube-system", "rollout", "restart", "daemonset/cilium"],

  async patch({ data }) {
    const settings = mapping(data);
    if (settings["enable-ipv6"] !== "true") return notOffered("Cilium does no IPv6 here");
    return settings["enable-ipv6-masquerade"] === "true"
      ? notOffered("enable-ipv6-masquerade is true already")
      : { data: { "enable-ipv6-masquerade": "true" } };
  },
};
