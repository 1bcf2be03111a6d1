import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("tigera-encapsulation");

reports("IPIP for IPv6, and a word in the wrong case")`
  apiVersion: operator.tigera.io/v1
  kind: Installation
  spec:
    calicoNetwork:
      ipPools:
        - cidr: fd12:3456:789a::/56
          encapsulation: IPIPCrossSubnet
          #              ^^^^^^^^^^^^^^^ 💡 IPIP encapsulation is not supported by IPv6 pools, but it is set for fd12:3456:789a::/56: use VXLAN
        - cidr: 10.244.0.0/16
          encapsulation: vxlan
          #              ^^^^^ 💡 Unsupported value: "vxlan": supported values: "IPIPCrossSubnet", "IPIP", "VXLAN", "VXLANCrossSubnet", "None"
`;

accepts("what the operator knows")`
  apiVersion: operator.tigera.io/v1
  kind: Installation
  spec:
    calicoNetwork:
      ipPools:
        - {cidr: 10.244.0.0/16, encapsulation: IPIP}
        - {cidr: "fd12:3456:789a::/56", encapsulation: VXLANCrossSubnet}
`;

fixes("by VXLAN")`
  apiVersion: operator.tigera.io/v1
  kind: Installation
  spec:
    calicoNetwork:
      ipPools:
        - cidr: fd12:3456:789a::/56
          encapsulation: IPIPCrossSubnet
        - cidr: 10.244.0.0/16
          encapsulation: vxlan
`.to`
  apiVersion: operator.tigera.io/v1
  kind: Installation
  spec:
    calicoNetwork:
      ipPools:
        - cidr: fd12:3456:789a::/56
          encapsulation: VXLANCrossSubnet
        - cidr: 10.244.0.0/16
          encapsulation: VXLAN
`;
