import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("k0s-calico-mode");

reports("no mode, which is VXLAN, among other settings")`
  apiVersion: k0s.k0sproject.io/v1beta1
  kind: ClusterConfig
  spec:
    network:
      provider: calico
      calico: {overlay: Never}
    # ^^^^^^ dual stack for calico is only supported for mode \`bird\`; set calico.mode: bird
      dualStack: {enabled: true}
`;

accepts("bird, one family, and another provider")`
  apiVersion: k0s.k0sproject.io/v1beta1
  kind: ClusterConfig
  spec: {network: {provider: calico, calico: {mode: bird}, dualStack: {enabled: true}}}
---
  apiVersion: k0s.k0sproject.io/v1beta1
  kind: ClusterConfig
  spec: {network: {provider: calico, calico: {mode: vxlan}}}
---
  apiVersion: k0s.k0sproject.io/v1beta1
  kind: ClusterConfig
  spec: {network: {provider: kuberouter, dualStack: {enabled: true}}}
`;

fixes("by adding the mode where there are no settings")`
  apiVersion: k0s.k0sproject.io/v1beta1
  kind: ClusterConfig
  spec:
    network:
      provider: calico
      dualStack: {enabled: true}
`.to`
  apiVersion: k0s.k0sproject.io/v1beta1
  kind: ClusterConfig
  spec:
    network:
      provider: calico
      calico:
        mode: bird
      dualStack: {enabled: true}
`;
