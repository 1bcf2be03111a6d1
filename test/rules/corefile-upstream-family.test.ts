import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("corefile-upstream-family");

reports("one of each family, and only IPv4 ones", { cluster: "v6" })`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          forward . [2606:4700:4700::1111]:53 8.8.8.8
          #                                   ^^^^^^^ pods here have no IPv4 to ask 8.8.8.8 with, and it is asked in its turn: name an IPv6 server
      }
      corp.internal:53 {
          forward . tls://10.1.2.3:853
          #         ^^^^^^^^^^^^^^^^^^ pods here have no IPv4 to ask tls://10.1.2.3:853 with: name an IPv6 server
      }
`;

reports("a part that another file imports", { cluster: "v6" })`
  kind: ConfigMap
  metadata: {name: coredns-custom}
  data:
    corp.server: |
      corp.internal:53 {
          forward . 10.1.2.3
          #         ^^^^^^^^ pods here have no IPv4 to ask 10.1.2.3 with: name an IPv6 server
      }
`;

accepts("a file, the node's own resolver, IPv6", { cluster: "v6" })`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          forward . /etc/resolv.conf
          forward corp.internal 169.254.169.253 2606:4700:4700::1111
      }
`;

for (const cluster of ["unknown", "dual-v6"] as const)
  accepts("a cluster that may have IPv4", { cluster })`
    kind: ConfigMap
    data:
      Corefile: |
        .:53 {
            forward . 8.8.8.8
        }
  `;

reports("plugins without their server", { cluster: "v6" })`
  kind: ConfigMap
  metadata: {name: coredns-custom, namespace: kube-system}
  data:
    google.override: |
      # all of it
      forward . 8.8.8.8
      #         ^^^^^^^ pods here have no IPv4 to ask 8.8.8.8 with: name an IPv6 server
    corp.server: |
      corp.internal {
          forward . 10.1.2.3
          #         ^^^^^^^^ pods here have no IPv4 to ask 10.1.2.3 with: name an IPv6 server
      }
`;

reports("the values of CoreDNS' chart", { cluster: "v6" })`
  apiVersion: helm.cattle.io/v1
  kind: HelmChartConfig
  metadata: {name: rke2-coredns}
  spec:
    valuesContent: |-
      servers:
        - plugins:
            - {name: errors}
            - {name: forward, parameters: ". 8.8.8.8 2001:4860:4860::8888"}
            #                                ^^^^^^^ pods here have no IPv4 to ask 8.8.8.8 with, and it is asked in its turn: name an IPv6 server
`;
