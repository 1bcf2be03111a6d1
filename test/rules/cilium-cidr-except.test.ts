import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("cilium-cidr-except");

reports("a network elsewhere, and one of the other family")`
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  spec:
    egress:
      - toCIDRSet:
          - cidr: fd12:3456:789a::/48
            except: ["fd12:3456:789b::/64"]
            #        ^^^^^^^^^^^^^^^^^^^^^ allow CIDR prefix fd12:3456:789a::/48 does not contain exclude CIDR prefix fd12:3456:789b::/64
    ingressDeny:
      - fromCIDRSet:
          - cidr: ::/0
            except: [10.0.0.0/8]
            #        ^^^^^^^^^^ allow CIDR prefix ::/0 does not contain exclude CIDR prefix 10.0.0.0/8
`;

accepts("a part, the whole, and several policies in one object")`
  apiVersion: cilium.io/v2
  kind: CiliumClusterwideNetworkPolicy
  specs:
    - egress:
        - toCIDRSet:
            - cidr: fd12:3456:789a::/48
              except: ["fd12:3456:789a::/48", "fd12:3456:789a:1::/64"]
`;
