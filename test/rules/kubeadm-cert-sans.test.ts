import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("kubeadm-cert-sans");

reports("brackets, brackets with a port, and a prefix")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  apiServer:
    certSANs:
      - "[fd00::10]"
      # ^^^^^^^^^^^^ 💡 altname is not a valid IP address, DNS label or a DNS label with subdomain wildcards; write fd00::10
      - "[fd00::10]:6443"
      # ^^^^^^^^^^^^^^^^^ 💡 altname is not a valid IP address, DNS label or a DNS label with subdomain wildcards; write fd00::10
      - fd00::/64
      # ^^^^^^^^^ altname is not a valid IP address, DNS label or a DNS label with subdomain wildcards
`;

accepts("addresses, names, wildcards and templates")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  apiServer:
    certSANs: ["fd00::10", 10.0.0.1, api.corp.internal, "*.corp.internal", localhost, "{{ .vip }}"]
`;
