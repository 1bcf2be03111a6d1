import { parseAddress } from "../addresses/address.ts";
import { clusterSubnets } from "../facts/cluster-subnets.ts";
import type { Rule } from "../lint/rule.ts";
import { isPlaceholder } from "../literals/placeholder.ts";

export const rule: Rule = {
  summary: "advertiseAddress is more than one address, or of the wrong family",
  why: `The API server advertises one address, as the endpoint of the Service \`kubernetes\`. It has to be of the primary
service family, the family of the first prefix in serviceSubnet; otherwise the API server does not start.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/apis/kubeadm/validation/validation.go",
  severity: "error",
  codes: ["KADM012"],
  kinds: ["InitConfiguration", "JoinConfiguration"],
  groups: ["kubeadm.k8s.io"],
  example: {
    bad: `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint:
  advertiseAddress: 10.0.0.11,fd12:3456:789a:ff::11
`,
    good: `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint:
  advertiseAddress: 10.0.0.11
`,
  },

  *check(config, world) {
    const at = config.get(
      ...(config.kind === "JoinConfiguration" ? ["controlPlane"] : []),
      "localAPIEndpoint",
      "advertiseAddress",
    );
    if (!at?.text || isPlaceholder(at.text)) return;
    if (at.text.includes(",")) {
      yield {
        at,
        message: "ip address is not valid; advertise one address, of the family of the first service subnet",
      };
      return;
    }
    const family = parseAddress(at.text)?.family;
    const clusters = world.all(clusterSubnets);
    const [primary] = clusters[0]?.value.services ?? [];
    // Several ClusterConfigurations side by side are of several clusters.
    if (!family || !primary || clusters.length !== 1 || family === primary) return;
    yield {
      at,
      message: `service IP family "${primary}" must match public address family "${family}"; advertise an ${primary} address`,
    };
  },
};
