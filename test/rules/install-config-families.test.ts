import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("install-config-families");

reports("a family that one list lacks, a node's prefix, and a plugin without IPv6")`
  baseDomain: example.org
  networking:
    networkType: OpenShiftSDN
    #            ^^^^^^^^^^^^ IPv6 is not supported for this networking plugin: write OVNKubernetes
    clusterNetwork:
      - {cidr: 10.128.0.0/14, hostPrefix: 23}
      - {cidr: "fd12:3456:789a::/48", hostPrefix: 56}
      #                                           ^^ cluster network host subnetwork prefix must be 64 for IPv6 networks
    serviceNetwork: ["fd12:3456:789b::/112"]
    #                ^^^^^^^^^^^^^^^^^^^^^^ dual-stack IPv4/IPv6 requires an IPv4 network in this list; add one
    machineNetwork: [{cidr: 10.0.0.0/16}]
    #                       ^^^^^^^^^^^ dual-stack IPv4/IPv6 requires an IPv6 network in this list; add one
`;

reports("IPv6 first on a platform that takes IPv4 first")`
  baseDomain: example.org
  networking:
    serviceNetwork: ["fd12:3456:789b::/112", 172.30.0.0/16]
    #                ^^^^^^^^^^^^^^^^^^^^^^ IPv4 addresses must be listed before IPv6 addresses
  platform: {none: {}}
`;

accepts("IPv6 first on bare metal, one family, and what is filled in")`
  baseDomain: example.org
  networking:
    clusterNetwork: [{cidr: "fd12:3456:789a::/48", hostPrefix: 64}, {cidr: 10.128.0.0/14, hostPrefix: 23}]
    serviceNetwork: ["fd12:3456:789b::/112", 172.30.0.0/16]
    machineNetwork: [{cidr: "\${MACHINES}"}]
  platform: {baremetal: {}}
---
  baseDomain: example.org
  networking:
    networkType: OpenShiftSDN
    clusterNetwork: [{cidr: 10.128.0.0/14, hostPrefix: 23}]
    serviceNetwork: [172.30.0.0/16]
`;

reports("virtual addresses outside of every machine network")`
  apiVersion: v1
  baseDomain: example.org
  networking:
    machineNetwork: [{cidr: 192.168.111.0/24}, {cidr: "fd12:3456:789a::/64"}]
    clusterNetwork: [{cidr: 10.128.0.0/14, hostPrefix: 23}, {cidr: "fd12:3456:789b::/48", hostPrefix: 64}]
    serviceNetwork: [172.30.0.0/16, "fd12:3456:789c::/112"]
  platform:
    baremetal:
      apiVIPs: [192.168.111.5, "fd12:3456:789d::5"]
      #                        ^^^^^^^^^^^^^^^^^^^ IP expected to be in one of the machine networks: add its prefix to machineNetwork
      ingressVIPs: [192.168.111.4, "fd12:3456:789a::4"]
  ---
  apiVersion: v1
  baseDomain: example.org
  networking:
    machineNetwork: [{cidr: 192.168.111.0/24}, {cidr: "fd12:3456:789a::/64"}]
  platform:
    baremetal:
      loadBalancer: {type: UserManaged}
      apiVIPs: [192.168.111.5, "fd12:3456:789d::5"]
`;
