import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("ipv6-mtu");

reports("devices that carry IPv6")`
  apiVersion: projectcalico.org/v3
  kind: FelixConfiguration
  spec:
    vxlanMTUV6: 1200
    #           ^^^^ IPv6 needs an MTU of at least 1280, and 1200 takes it off the device; raise it
    wireguardMTUV6: 1279
    #               ^^^^ IPv6 needs an MTU of at least 1280, and 1279 takes it off the device; raise it
  ---
  apiVersion: operator.tigera.io/v1
  kind: Installation
  spec:
    calicoNetwork:
      mtu: 1200
      #    ^^^^ IPv6 needs an MTU of at least 1280, and 1200 takes it off the device; raise it
      ipPools: [{cidr: "fd12::/56"}]
  ---
  kind: ConfigMap
  metadata: {name: cilium-config}
  data:
    enable-ipv6: "true"
    mtu: "1200"
    #    ^^^^^^ IPv6 needs an MTU of at least 1280, and 1200 takes it off the device; raise it
`;

reports("a plugin of a CNI configuration")`
  kind: ConfigMap
  data:
    10-net.conflist: |
      {
        "plugins": [
          {
            "type": "bridge",
            "mtu": 1200,
            #      ^^^^ IPv6 needs an MTU of at least 1280, and 1200 takes it off the device; raise it
            "ipam": { "ranges": [[{ "subnet": "fd12::/64" }]] }
          }
        ]
      }
`;

accepts("1280, detection, and devices of IPv4")`
  apiVersion: projectcalico.org/v3
  kind: FelixConfiguration
  spec: {vxlanMTUV6: 1280, wireguardMTUV6: 0, vxlanMTU: 1200}
  ---
  apiVersion: operator.tigera.io/v1
  kind: Installation
  spec: {calicoNetwork: {mtu: 1200, ipPools: [{cidr: 10.244.0.0/16}]}}
  ---
  kind: ConfigMap
  metadata: {name: cilium-config}
  data: {enable-ipv6: "false", mtu: "1200"}
`;
