import assert from "node:assert/strict";
import { it } from "node:test";
import { findingsOf, load, testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("documentation-prefix");

reports("each of the prefixes that stand in examples")`
  kind: Service
  spec:
    externalIPs:
      - "2001:db8::1"
      # ^^^^^^^^^^^^^ 2001:db8::1 is a documentation prefix that nobody routes; use a prefix of your own
      - "3fff:1::1"
      # ^^^^^^^^^^^ 3fff:1::1 is a documentation prefix that nobody routes; use a prefix of your own
      - 192.0.2.1
      # ^^^^^^^^^ 192.0.2.1 is a documentation prefix that nobody routes; use a prefix of your own
      - 198.51.100.1
      # ^^^^^^^^^^^^ 198.51.100.1 is a documentation prefix that nobody routes; use a prefix of your own
      - 203.0.113.9
      # ^^^^^^^^^^^ 203.0.113.9 is a documentation prefix that nobody routes; use a prefix of your own
`;

reports("a plan once, not each of its lines")`
  addressing:
    cluster_cidr: 2001:db8::/48
    #             ^^^^^^^^^^^^^ 2001:db8::/48 is a documentation prefix that nobody routes; use a prefix of your own
    services: 2001:db8:1::/112
`;

accepts("neighbours of these prefixes")`
  kind: Service
  spec:
    externalIPs: ["2001:db9::1", "3ffe::1", 192.0.3.1, 203.0.112.9, "fd12::db8"]
`;

reports("fields whose syntax a rule of their own judges")`
  apiVersion: gateway.networking.k8s.io/v1
  kind: Gateway
  spec:
    addresses:
      - value: "2001:db8::5"
      #        ^^^^^^^^^^^^^ 2001:db8::5 is a documentation prefix that nobody routes; use a prefix of your own
  ---
  apiVersion: projectcalico.org/v3
  kind: BGPPeer
  spec:
    peerIP: "[2001:db8::1]:179"
    #         ^^^^^^^^^^^ 2001:db8::1 is a documentation prefix that nobody routes; use a prefix of your own
  ---
  apiVersion: policy.networking.k8s.io/v1alpha2
  kind: ClusterNetworkPolicy
  spec:
    egress:
      - to:
          - networks:
              - 2001:db8::/48
              # ^^^^^^^^^^^^^ 2001:db8::/48 is a documentation prefix that nobody routes; use a prefix of your own
  ---
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  controlPlaneEndpoint: "[2001:db8::10]:6443"
  #                       ^^^^^^^^^^^^ 2001:db8::10 is a documentation prefix that nobody routes; use a prefix of your own
  apiServer:
    certSANs:
      - 2001:db8::11
      # ^^^^^^^^^^^^ 2001:db8::11 is a documentation prefix that nobody routes; use a prefix of your own
  ---
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: JoinConfiguration
  discovery:
    bootstrapToken:
      apiServerEndpoint: "[2001:db8::10]:6443"
      #                    ^^^^^^^^^^^^ 2001:db8::10 is a documentation prefix that nobody routes; use a prefix of your own
  ---
  apiVersion: kubeproxy.config.k8s.io/v1alpha1
  kind: KubeProxyConfiguration
  healthzBindAddress: "[2001:db8::2]:10256"
  #                     ^^^^^^^^^^^ 2001:db8::2 is a documentation prefix that nobody routes; use a prefix of your own
  metricsBindAddress: 192.0.2.7:10249
  #                   ^^^^^^^^^ 192.0.2.7 is a documentation prefix that nobody routes; use a prefix of your own
  ---
  apiVersion: networking.k8s.io/v1
  kind: IPAddress
  metadata:
    name: 2001:db8::7
    #     ^^^^^^^^^^^ 2001:db8::7 is a documentation prefix that nobody routes; use a prefix of your own
`;

reports("probes, host ports, flags and Calico's annotation of a pod")`
  apiVersion: v1
  kind: Pod
  metadata:
    annotations:
      cni.projectcalico.org/ipAddrs: '["2001:db8::6"]'
      #                                 ^^^^^^^^^^^ 2001:db8::6 is a documentation prefix that nobody routes; use a prefix of your own
  spec:
    containers:
      - name: kube-apiserver
        command:
          - kube-apiserver
          - --advertise-address=2001:db8::11
          #                     ^^^^^^^^^^^^ 2001:db8::11 is a documentation prefix that nobody routes; use a prefix of your own
          - --service-cluster-ip-range=10.96.0.0/16,2001:db8:1::/112
          #                                         ^^^^^^^^^^^^^^^^ 2001:db8:1::/112 is a documentation prefix that nobody routes; use a prefix of your own
        ports:
          - hostIP: 2001:db8::8
          #         ^^^^^^^^^^^ 2001:db8::8 is a documentation prefix that nobody routes; use a prefix of your own
        livenessProbe:
          httpGet:
            host: 2001:db8::9
            #     ^^^^^^^^^^^ 2001:db8::9 is a documentation prefix that nobody routes; use a prefix of your own
`;

reports("what a Corefile forwards to")`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          forward . 2001:db8::53 tls://[2001:db8::54]:853
          #         ^^^^^^^^^^^^ 2001:db8::53 is a documentation prefix that nobody routes; use a prefix of your own
          #                             ^^^^^^^^^^^^ 2001:db8::54 is a documentation prefix that nobody routes; use a prefix of your own
      }
`;

accepts("what cannot be read, which a rule of the field's own says, and addresses of one's own")`
  apiVersion: gateway.networking.k8s.io/v1
  kind: Gateway
  spec: {addresses: [{value: "[2001:db8::5]"}, {value: 2001:db8::/48}, {type: Hostname, value: edge.example.net}]}
  ---
  apiVersion: projectcalico.org/v3
  kind: BGPPeer
  spec: {peerIP: "2001:db8:0:0:0:0:0:1:179"}
  ---
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          forward . /etc/resolv.conf fd12::53 dns://[fd12::54]
      }
`;

reports("the ranges of whereabouts")`
  apiVersion: k8s.cni.cncf.io/v1
  kind: NetworkAttachmentDefinition
  spec:
    config: '{"type":"macvlan","ipam":{"type":"whereabouts","range":"2001:db8:100::/64"}}'
    #                                                               ^^^^^^^^^^^^^^^^^^^ 2001:db8:100::/64 is a documentation prefix that nobody routes; use a prefix of your own
  ---
  apiVersion: k8s.cni.cncf.io/v1
  kind: NetworkAttachmentDefinition
  spec:
    config: '{"type":"macvlan","ipam":{"type":"whereabouts","ipRanges":[{"range":"192.0.2.5/24"}]}}'
    #                                                                            ^^^^^^^^^^^^^^ 192.0.2.5/24 is a documentation prefix that nobody routes; use a prefix of your own
`;

accepts("ranges of whereabouts of one's own")`
  apiVersion: k8s.cni.cncf.io/v1
  kind: NetworkAttachmentDefinition
  spec:
    config: '{"type":"macvlan","ipam":{"type":"whereabouts","range":"10.0.0.5-10.0.0.9/24","ipRanges":[{"range":"fd12::/64"}]}}'
`;

reports("the pools that calico-node makes")`
  apiVersion: apps/v1
  kind: DaemonSet
  metadata: {name: calico-node, namespace: kube-system}
  spec:
    template:
      spec:
        containers:
          - name: calico-node
            env:
              - {name: CALICO_IPV4POOL_CIDR, value: 10.244.0.0/16}
              - name: CALICO_IPV6POOL_CIDR
                value: "2001:db8:1::/56"
                #      ^^^^^^^^^^^^^^^^^ 2001:db8:1::/56 is a documentation prefix that nobody routes; use a prefix of your own
`;

accepts("no pool, one that is filled in later, and a variable of somebody else")`
  apiVersion: apps/v1
  kind: DaemonSet
  metadata: {name: calico-node, namespace: kube-system}
  spec:
    template:
      spec:
        containers:
          - name: calico-node
            env:
              - {name: CALICO_IPV4POOL_CIDR, value: none}
              - {name: CALICO_IPV6POOL_CIDR, value: "\${POD_CIDR_V6}"}
          - name: web
            env:
              - {name: CALICO_IPV6POOL_CIDR, value: "2001:db8:1::/56"}
`;

it("documentation-prefix names the variable of calico-node, not its value", async () => {
  const text = `
apiVersion: apps/v1
kind: DaemonSet
spec:
  template:
    spec:
      containers:
        - {name: calico-node, env: [{name: IP6, value: autodetect}, {name: CALICO_IPV6POOL_CIDR, value: "2001:db8:1::/56"}]}
`;
  const found = findingsOf(await load("documentation-prefix"), "documentation-prefix", text, {});
  assert.deepEqual(
    found.map(({ path }) => path),
    ["spec.template.spec.containers[0].env[1]"],
  );
});

reports("a range once, and each end that alone is wrong")`
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  spec:
    addresses:
      - 2001:db8::10-2001:db8::20
      # ^^^^^^^^^^^^ 2001:db8::10 is a documentation prefix that nobody routes; use a prefix of your own
      - 203.0.113.10-203.0.113.20
      # ^^^^^^^^^^^^ 203.0.113.10 is a documentation prefix that nobody routes; use a prefix of your own
      - 198.51.99.10-198.51.100.20
      #              ^^^^^^^^^^^^^ 198.51.100.20 is a documentation prefix that nobody routes; use a prefix of your own
`;

accepts("what is named to be kept out, and what a cluster observes")`
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  spec: {egress: [{to: [{ipBlock: {cidr: "::/0", except: ["2001:db8::/32"]}}, {ipBlock: {cidr: 0.0.0.0/0, except: [192.0.2.0/24]}}]}]}
  ---
  apiVersion: projectcalico.org/v3
  kind: GlobalNetworkPolicy
  spec: {ingress: [{action: Deny, source: {nets: ["2001:db8::/32"]}}]}
  ---
  apiVersion: cilium.io/v2
  kind: CiliumNetworkPolicy
  spec: {endpointSelector: {}, ingressDeny: [{fromCIDRSet: [{cidr: 198.51.100.0/24}]}]}
  ---
  kind: Node
  status: {addresses: [{type: InternalIP, address: "2001:db8:18::101"}]}
  ---
  kind: Pod
  status: {podIP: 192.0.2.7, podIPs: [{ip: 192.0.2.7}, {ip: "2001:db8:18::101"}]}
`;

reports("the same prefix where it is let in")`
  apiVersion: projectcalico.org/v3
  kind: GlobalNetworkPolicy
  spec:
    ingress:
      - action: Allow
        source:
          nets:
            - 2001:db8::/32
            # ^^^^^^^^^^^^^ 2001:db8::/32 is a documentation prefix that nobody routes; use a prefix of your own
`;

accepts("ranges in values that are left out or shut out")`
  cilium_non_masquerade_cidrs: [10.0.0.0/8, 192.0.2.0/24, 203.0.113.0/24]
  denylist: ["2001:db8::/32"]
`;
