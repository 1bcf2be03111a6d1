import assert from "node:assert/strict";
import { it } from "node:test";
import { findingsOf, load, testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("metallb-requested-addresses");

reports("two of one family")`
  apiVersion: v1
  kind: Service
  metadata:
    annotations:
      metallb.io/loadBalancerIPs: "fd12:3456:789d::5,fd12:3456:789d::6"
      #                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ requested loadBalancer IP(s) "fd12:3456:789d::5,fd12:3456:789d::6" does not match the ipFamily of the service: write one address for each family
  spec: {type: LoadBalancer, ipFamilyPolicy: RequireDualStack}
`;

reports("one of the other family, and one for two")`
  apiVersion: v1
  kind: Service
  metadata:
    annotations:
      metallb.universe.tf/loadBalancerIPs: 192.168.50.5
      #                                    ^^^^^^^^^^^^ requested loadBalancer IP(s) "192.168.50.5" does not match the ipFamily of the service: write IPv6 only
  spec: {type: LoadBalancer, ipFamilies: [IPv6]}
  ---
  apiVersion: v1
  kind: Service
  metadata:
    annotations:
      metallb.io/loadBalancerIPs: 192.168.50.5
      #                           ^^^^^^^^^^^^ requested loadBalancer IP(s) "192.168.50.5" does not match the ipFamily of the service: write IPv4 and IPv6 one each
  spec: {type: LoadBalancer, ipFamilyPolicy: RequireDualStack}
`;

accepts("one of each, one of its own, and what depends on the cluster")`
  apiVersion: v1
  kind: Service
  metadata: {annotations: {metallb.io/loadBalancerIPs: "192.168.50.5, fd12:3456:789d::5"}}
  spec: {type: LoadBalancer, ipFamilyPolicy: RequireDualStack}
  ---
  apiVersion: v1
  kind: Service
  metadata: {annotations: {metallb.io/loadBalancerIPs: "fd12:3456:789d::5"}}
  spec: {type: LoadBalancer, ipFamilies: [IPv6]}
  ---
  apiVersion: v1
  kind: Service
  metadata: {annotations: {metallb.io/loadBalancerIPs: "192.168.50.5, fd12:3456:789d::5"}}
  spec: {type: LoadBalancer, ipFamilyPolicy: PreferDualStack}
  ---
  apiVersion: v1
  kind: Service
  metadata: {annotations: {metallb.io/loadBalancerIPs: "192.168.50.5"}}
  spec: {type: LoadBalancer}
  ---
  apiVersion: v1
  kind: Service
  metadata: {annotations: {metallb.io/loadBalancerIPs: "192.168.50.5,fd12:3456:789d::5"}}
  spec:
    {{- include "families" . | nindent 4 }}
    type: LoadBalancer
  ---
  apiVersion: v1
  kind: Service
  metadata: {annotations: {metallb.io/loadBalancerIPs: "fd12:3456:789d::5"}}
  spec:
    {{- include "families" . | nindent 4 }}
    type: LoadBalancer
`;

reports("one of IPv6 for a Service that says nothing, where nobody knows the cluster")`
  apiVersion: v1
  kind: Service
  metadata:
    annotations:
      metallb.io/loadBalancerIPs: fd12:3456:789d::5
      #                           ^^^^^^^^^^^^^^^^^ requested loadBalancer IP(s) "fd12:3456:789d::5" does not match the ipFamily of the service: write IPv4 only
  spec: {type: LoadBalancer}
`;

accepts("the same where a file says that the cluster is IPv6 only")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {serviceSubnet: "fd12:3456:789b::/108"}
  ---
  apiVersion: v1
  kind: Service
  metadata: {annotations: {metallb.io/loadBalancerIPs: "fd12:3456:789d::5"}}
  spec: {type: LoadBalancer}
`;

reports("two for a Service of one family, whatever the cluster")`
  apiVersion: v1
  kind: Service
  metadata:
    annotations:
      metallb.io/loadBalancerIPs: 192.168.50.5,fd12:3456:789d::5
      #                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ requested loadBalancer IP(s) "192.168.50.5,fd12:3456:789d::5" does not match the ipFamily of the service: write one address only
  spec: {type: LoadBalancer}
  ---
  apiVersion: v1
  kind: Service
  metadata:
    annotations:
      metallb.io/loadBalancerIPs: 192.168.50.5,fd12:3456:789d::5
      #                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ requested loadBalancer IP(s) "192.168.50.5,fd12:3456:789d::5" does not match the ipFamily of the service: write one address only
  spec: {type: LoadBalancer, ipFamilyPolicy: SingleStack}
`;

reports("one of a family the cluster does not give it", { cluster: "v4" })`
  apiVersion: v1
  kind: Service
  metadata:
    annotations:
      metallb.io/loadBalancerIPs: fd12:3456:789d::5
      #                           ^^^^^^^^^^^^^^^^^ requested loadBalancer IP(s) "fd12:3456:789d::5" does not match the ipFamily of the service: write IPv4 only
  spec: {type: LoadBalancer}
`;

reports("one where PreferDualStack gives it two families", { cluster: "dual-v4" })`
  apiVersion: v1
  kind: Service
  metadata:
    annotations:
      metallb.io/loadBalancerIPs: 192.168.50.5
      #                           ^^^^^^^^^^^^ requested loadBalancer IP(s) "192.168.50.5" does not match the ipFamily of the service: write IPv4 and IPv6 one each
  spec: {type: LoadBalancer, ipFamilyPolicy: PreferDualStack}
`;

reports("the same where nobody knows the cluster")`
  apiVersion: v1
  kind: Service
  metadata:
    annotations:
      metallb.io/loadBalancerIPs: 192.168.50.5
      #                           ^^^^^^^^^^^^ requested loadBalancer IP(s) "192.168.50.5" does not match the ipFamily of the service: write IPv4 and IPv6 one each
  spec: {type: LoadBalancer, ipFamilyPolicy: PreferDualStack}
`;

accepts("one where the cluster has one family to prefer", { cluster: "v4" })`
  apiVersion: v1
  kind: Service
  metadata: {annotations: {metallb.io/loadBalancerIPs: 192.168.50.5}}
  spec: {type: LoadBalancer, ipFamilyPolicy: PreferDualStack}
`;

it("metallb-requested-addresses refuses one address for PreferDualStack on a dual-stack cluster, and warns elsewhere", async () => {
  const rule = await load("metallb-requested-addresses");
  const service = `apiVersion: v1
kind: Service
metadata: {annotations: {metallb.io/loadBalancerIPs: 192.168.50.5}}
spec: {type: LoadBalancer, ipFamilyPolicy: PreferDualStack}
`;
  const severities = (["dual-v4", "unknown"] as const).flatMap((cluster) =>
    findingsOf(rule, "metallb-requested-addresses", service, { cluster }).map(({ severity }) => severity),
  );
  assert.deepEqual(severities, ["error", "warning"]);
});

it("metallb-requested-addresses warns of what only the usual cluster makes wrong", async () => {
  const rule = await load("metallb-requested-addresses");
  const severities = ["fd12:3456:789d::5", "192.168.50.5,fd12:3456:789d::5"].flatMap((addresses) =>
    findingsOf(
      rule,
      "metallb-requested-addresses",
      `apiVersion: v1
kind: Service
metadata: {annotations: {metallb.io/loadBalancerIPs: "${addresses}"}}
spec: {type: LoadBalancer}
`,
      {},
    ).map(({ severity }) => severity),
  );
  assert.deepEqual(severities, ["warning", "error"]);
});
