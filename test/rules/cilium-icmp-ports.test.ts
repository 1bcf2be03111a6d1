import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("cilium-icmp-ports");

reports("both in one rule")`
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  spec:
    ingress:
      - icmps:
      # ^^^^^ the ICMPs block may only be present without ToPorts. Define a separate rule to use ToPorts
          - fields: [{family: IPv6, type: PacketTooBig}]
        toPorts:
          - ports: [{port: "80"}]
`;

accepts("a rule for each")`
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  spec:
    ingress:
      - icmps:
          - fields: [{family: IPv6, type: PacketTooBig}]
      - toPorts:
          - ports: [{port: "80"}]
`;
