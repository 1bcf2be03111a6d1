import type { Snippet } from "../snippet.ts";

export const snippet: Snippet = {
  title: "DaemonSet that checks the nodes' IPv6 settings before use",
  body: `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: \${1:ipv6-preflight}
  labels:
    app: ipv6-preflight
spec:
  selector:
    matchLabels:
      app: ipv6-preflight
  template:
    metadata:
      labels:
        app: ipv6-preflight
    spec:
      hostNetwork: true
      containers:
        - name: check
          image: \${2:busybox:1.37}
          command: [/bin/sh, -c]
          args:
            - |
              [ -e /proc/net/if_inet6 ] || { echo "the kernel runs without IPv6"; exit 1; }
              [ "\\$(cat /proc/sys/net/ipv6/conf/all/forwarding)" = 1 ] || { echo "IPv6 forwarding is off"; exit 1; }
              grep -q '^00000000000000000000000000000000 00 .* 0[0-9a-f]*3 ' /proc/net/ipv6_route || echo "no IPv6 default route"
              echo "IPv6 settings are in order"
              exec sleep 2147483647
          securityContext:
            allowPrivilegeEscalation: false
            capabilities:
              drop: [ALL]
`,
  source: "https://docs.kernel.org/networking/ip-sysctl.html",
};
