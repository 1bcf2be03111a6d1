import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("calico-pool-tunnel");

reports("IPIP on IPv6")`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec:
    cidr: fd12:3456:789a::/56
    ipipMode: CrossSubnet
    #         ^^^^^^^^^^^ 💡 IPIP is not supported on IPv6 pools: use vxlanMode instead
`;

reports("two tunnels")`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec:
    cidr: 10.244.0.0/16
    ipipMode: Always
    vxlanMode: CrossSubnet
    #          ^^^^^^^^^^^ ipipMode and vxlanMode cannot both be enabled: set one of them to Never
`;

accepts("IPIP on IPv4, VXLAN on IPv6, and what a template decides")`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec: {cidr: 10.244.0.0/16, ipipMode: Always, vxlanMode: Never}
  ---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec: {cidr: "fd12:3456:789a::/56", ipipMode: Never, vxlanMode: Always}
  ---
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec:
    cidr: {{ .Values.cidr }}
    ipipMode: Always
`;

fixes("by turning IPIP off")`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec:
    cidr: fd12:3456:789a::/56
    ipipMode: Always # tunnel
`.to`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec:
    cidr: fd12:3456:789a::/56
    ipipMode: Never # tunnel
`;

reports("two tunnels in an IPv6 pool, one of which is IPIP")`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  spec:
    cidr: fd12:3456:789a::/56
    ipipMode: Always
    #         ^^^^^^ 💡 IPIP is not supported on IPv6 pools: use vxlanMode instead
    vxlanMode: Always
    #          ^^^^^^ ipipMode and vxlanMode cannot both be enabled: set one of them to Never
`;
