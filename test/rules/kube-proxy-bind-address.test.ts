import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("kube-proxy-bind-address");

reports("an address that swallows its port, a port out of range and a name")`
  apiVersion: kubeproxy.config.k8s.io/v1alpha1
  kind: KubeProxyConfiguration
  healthzBindAddress: "fd00::1:10256"
  #                   ^^^^^^^^^^^^^^^ 💡 must be IP:port; write [fd00::1]:10256
  metricsBindAddress: "[::1]:70000"
  #                   ^^^^^^^^^^^^^ must be a valid port, 1 to 65535
---
  apiVersion: kubeproxy.config.k8s.io/v1alpha1
  kind: KubeProxyConfiguration
  healthzBindAddress: "::1:9999"
  #                   ^^^^^^^^^^ 💡 read as an address and completed with the default port; write [::1]:9999 to mean port 9999
  metricsBindAddress: localhost:10249
  #                   ^^^^^^^^^^^^^^^ must be a valid IP in front of the port
`;

accepts("addresses with a port, and bare ones, which get the default port")`
  apiVersion: kubeproxy.config.k8s.io/v1alpha1
  kind: KubeProxyConfiguration
  healthzBindAddress: "[::]:10256"
  metricsBindAddress: 127.0.0.1:10249
---
  apiVersion: kubeproxy.config.k8s.io/v1alpha1
  kind: KubeProxyConfiguration
  healthzBindAddress: "::"
  metricsBindAddress: ""
`;

reports("the flag of a DaemonSet")`
  kind: DaemonSet
  spec:
    template:
      spec:
        containers:
          - command: [/usr/local/bin/kube-proxy, "--metrics-bind-address=fd00::1:10249"]
            #                                                            ^^^^^^^^^^^^^ 💡 must be IP:port; write [fd00::1]:10249
`;
