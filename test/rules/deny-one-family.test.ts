import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("deny-one-family");

reports("policies of administrators, old and new")`
  apiVersion: policy.networking.k8s.io/v1alpha1
  kind: BaselineAdminNetworkPolicy
  metadata: {name: default}
  spec:
    subject: {namespaces: {}}
    egress:
      - action: Deny
        to:
          - networks: [10.0.0.0/8]
          - networks: [0.0.0.0/0]
          #            ^^^^^^^^^ 💡 0.0.0.0/0 denies no IPv6 address, which goes where other rules let it; deny ::/0 as well
  ---
  apiVersion: policy.networking.k8s.io/v1alpha2
  kind: ClusterNetworkPolicy
  metadata: {name: a}
  spec:
    subject: {namespaces: {}}
    egress:
      - action: Accept
        to: [{networks: ["::/0"]}]
      - action: Deny
        to: [{networks: ["0.0.0.0/0"]}]
        #                ^^^^^^^^^^^ 💡 0.0.0.0/0 denies no IPv6 address, which goes where other rules let it; deny ::/0 as well
`;

accepts("both in one list, in two peers, in two rules, in two policies of the same pods")`
  apiVersion: policy.networking.k8s.io/v1alpha2
  kind: ClusterNetworkPolicy
  metadata: {name: a}
  spec:
    subject: {namespaces: {}}
    egress:
      - action: Deny
        to: [{networks: [0.0.0.0/0, "::/0"]}]
  ---
  apiVersion: policy.networking.k8s.io/v1alpha2
  kind: ClusterNetworkPolicy
  metadata: {name: b}
  spec:
    subject: {namespaces: {}}
    egress:
      - action: Deny
        to: [{networks: [0.0.0.0/0]}, {networks: ["::/0"]}]
  ---
  apiVersion: policy.networking.k8s.io/v1alpha2
  kind: ClusterNetworkPolicy
  metadata: {name: c}
  spec:
    subject: {pods: {podSelector: {matchLabels: {a: b}}}}
    egress:
      - action: Deny
        to: [{networks: [0.0.0.0/0]}]
  ---
  apiVersion: policy.networking.k8s.io/v1alpha2
  kind: ClusterNetworkPolicy
  metadata: {name: d}
  spec:
    subject: {pods: {podSelector: {matchLabels: {a: b}}}}
    egress:
      - action: Deny
        to: [{networks: ["::/0"]}]
`;

reports("another port is no counterpart")`
  apiVersion: policy.networking.k8s.io/v1alpha1
  kind: AdminNetworkPolicy
  metadata: {name: a}
  spec:
    subject: {namespaces: {}}
    egress:
      - action: Deny
        to: [{networks: [0.0.0.0/0]}]
        #                ^^^^^^^^^ 💡 0.0.0.0/0 denies no IPv6 address, which goes where other rules let it; deny ::/0 as well
      - action: Deny
        to: [{networks: ["::/0"]}]
        ports: [{portNumber: {protocol: TCP, port: 25}}]
`;

accepts("an Allow, a Deny of IPv6 alone, a cluster without IPv6", { cluster: "v4" })`
  apiVersion: policy.networking.k8s.io/v1alpha1
  kind: AdminNetworkPolicy
  spec:
    subject: {namespaces: {}}
    egress:
      - action: Deny
        to: [{networks: [0.0.0.0/0]}]
`;

reports("Cilium's lists and sets", { cluster: "dual-v4" })`
  apiVersion: cilium.io/v2
  kind: CiliumClusterwideNetworkPolicy
  metadata: {name: a}
  spec:
    endpointSelector: {}
    egressDeny:
      - toCIDRSet:
          - cidr: 0.0.0.0/0
          #       ^^^^^^^^^ 0.0.0.0/0 denies no IPv6 address, which goes where other rules let it; deny ::/0 as well
            except: [10.0.0.0/8]
    ingressDeny:
      - fromCIDR: [0.0.0.0/0]
      #            ^^^^^^^^^ 💡 0.0.0.0/0 denies no IPv6 address, which goes where other rules let it; deny ::/0 as well
`;

accepts("an entity for both, and the counterpart in a rule beside it")`
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  metadata: {name: a}
  spec:
    endpointSelector: {}
    egressDeny:
      - toCIDR: [0.0.0.0/0]
        toEntities: [world]
    ingressDeny:
      - fromCIDR: [0.0.0.0/0]
      - fromCIDR: ["::/0"]
`;

reports("Calico's, where something behind it lets IPv6 out")`
  apiVersion: projectcalico.org/v3
  kind: GlobalNetworkPolicy
  metadata: {name: a}
  spec:
    selector: all()
    egress:
      - action: Deny
        destination: {nets: [0.0.0.0/0]}
        #                    ^^^^^^^^^ 0.0.0.0/0 denies no IPv6 address, which goes where other rules let it; deny ::/0 as well
      - action: Allow
`;

accepts("Calico's, where the end of the tier denies the rest, where IPv6 has its own Deny, or only IPv4 is let past")`
  apiVersion: projectcalico.org/v3
  kind: GlobalNetworkPolicy
  metadata: {name: a}
  spec:
    selector: all()
    egress:
      - action: Deny
        destination: {nets: [0.0.0.0/0]}
  ---
  apiVersion: projectcalico.org/v3
  kind: GlobalNetworkPolicy
  metadata: {name: b}
  spec:
    selector: all()
    egress:
      - {action: Deny, destination: {nets: [0.0.0.0/0]}}
      - {action: Deny, destination: {nets: ["::/0"]}}
      - {action: Allow}
  ---
  apiVersion: projectcalico.org/v3
  kind: GlobalNetworkPolicy
  metadata: {name: c}
  spec:
    selector: has(c)
    egress:
      - {action: Deny, destination: {nets: [0.0.0.0/0]}}
      - {action: Allow, ipVersion: 4}
`;

fixes("by naming ::/0 beside it")`
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  metadata: {name: a}
  spec:
    endpointSelector: {}
    egressDeny:
      - toCIDR:
          - 0.0.0.0/0 # the Internet
`.to`
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  metadata: {name: a}
  spec:
    endpointSelector: {}
    egressDeny:
      - toCIDR:
          - 0.0.0.0/0 # the Internet
          - ::/0
`;

reports("Antrea's Drop, and the firewall of OVN-Kubernetes")`
  apiVersion: crd.antrea.io/v1beta1
  kind: ClusterNetworkPolicy
  metadata: {name: a}
  spec:
    appliedTo: [{namespaceSelector: {}}]
    egress: [{action: Drop, to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]
    #                                             ^^^^^^^^^ 0.0.0.0/0 denies no IPv6 address, which goes where other rules let it; deny ::/0 as well
  ---
  apiVersion: k8s.ovn.org/v1
  kind: EgressFirewall
  metadata: {name: default, namespace: shop}
  spec:
    egress:
      - {type: Allow, to: {cidrSelector: 10.0.0.0/8}}
      - {type: Deny, to: {cidrSelector: 0.0.0.0/0}}
      #                                 ^^^^^^^^^ 0.0.0.0/0 denies no IPv6 address, which goes where other rules let it; deny ::/0 as well
`;

accepts("a firewall of both families, and an Antrea policy that lets through")`
  apiVersion: k8s.ovn.org/v1
  kind: EgressFirewall
  metadata: {name: default, namespace: shop}
  spec:
    egress:
      - {type: Deny, to: {cidrSelector: 0.0.0.0/0}}
      - {type: Deny, to: {cidrSelector: "::/0"}}
  ---
  apiVersion: crd.antrea.io/v1beta1
  kind: ClusterNetworkPolicy
  metadata: {name: a}
  spec:
    appliedTo: [{namespaceSelector: {}}]
    egress: [{action: Allow, to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]
`;
