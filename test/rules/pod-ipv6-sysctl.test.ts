import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("pod-ipv6-sysctl");

reports("sysctls of IPv6, in both spellings")`
  kind: Pod
  spec:
    securityContext:
      sysctls:
        - {name: net.ipv6.conf.all.disable_ipv6, value: "1"}
        #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ an unsafe sysctl: the kubelet refuses the pod (SysctlForbidden); configure the node
        - {name: net/ipv6/conf/all/forwarding, value: "1"}
        #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ an unsafe sysctl: the kubelet refuses the pod (SysctlForbidden); configure the node
`;

reports("one with hostNetwork, which the API server refuses")`
  kind: Pod
  spec:
    hostNetwork: true
    securityContext:
      sysctls:
        - name: net.ipv6.conf.all.forwarding
        #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ may not be specified when 'hostNetwork' is true; configure the node
          value: "1"
`;

reports("commands that turn IPv6 off")`
  kind: Pod
  spec:
    initContainers:
      - command: [sysctl, -w, net.ipv6.conf.all.disable_ipv6=1]
      #                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ turns IPv6 off for the pod, or for the node with hostNetwork; configure the node
      - command: [sh, -c]
        args:
          - set -e; echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6
          #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ turns IPv6 off for the pod, or for the node with hostNetwork; configure the node
`;

accepts("sysctls of IPv4, and commands that turn IPv6 on")`
  kind: Pod
  spec:
    securityContext:
      sysctls: [{name: net.ipv4.ip_local_port_range, value: 1024 65535}]
    initContainers:
      - command: [sysctl, -w, net.ipv6.conf.all.disable_ipv6=0]
      - command: [cat, /proc/sys/net/ipv6/conf/all/disable_ipv6]
`;

reports("a hook that turns IPv6 off")`
  kind: Pod
  spec:
    containers:
      - lifecycle:
          postStart:
            exec:
              command: [sysctl, -w, net.ipv6.conf.eth0.disable_ipv6=1]
              #                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ turns IPv6 off for the pod, or for the node with hostNetwork; configure the node
`;
