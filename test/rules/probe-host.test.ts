import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("probe-host");

reports("brackets, in probes and hooks")`
  kind: Pod
  spec:
    containers:
      - livenessProbe:
          httpGet: {host: "[fd12::20]", port: 80}
          #               ^^^^^^^^^^^^ 💡 invalid IP-literal: the kubelet adds brackets itself, so every probe fails; remove them
        lifecycle:
          preStop:
            tcpSocket: {host: "[::1]", port: 80}
            #                 ^^^^^^^ 💡 invalid IP-literal: the kubelet adds brackets itself, so every probe fails; remove them
`;

fixes("brackets around an address of the node by removing it altogether")`
  kind: Pod
  spec:
    containers:
      - livenessProbe:
          httpGet:
            host: "[::1]"
            port: 80
`.to`
  kind: Pod
  spec:
    containers:
      - livenessProbe:
          httpGet:
            port: 80
`;

fixes("brackets around another address")`
  kind: Pod
  spec:
    containers:
      - livenessProbe:
          httpGet:
            host: "[fd12::20]"
            port: 80
`.to`
  kind: Pod
  spec:
    containers:
      - livenessProbe:
          httpGet:
            host: "fd12::20"
            port: 80
`;

reports("the node's own addresses")`
  kind: Pod
  spec:
    containers:
      - readinessProbe:
          tcpSocket: {host: localhost, port: 80}
          #                 ^^^^^^^^^ 💡 the kubelet probes from the node, where localhost is the node itself; remove host
        startupProbe:
          httpGet: {host: "::", port: 80}
          #               ^^^^ 💡 the kubelet probes from the node, where :: is the node itself; remove host
`;

accepts("bare addresses, names, and loopback with hostNetwork")`
  kind: Pod
  spec:
    containers:
      - livenessProbe: {httpGet: {host: "fd12::20", port: 80}}
      - livenessProbe: {httpGet: {host: example.com, port: 80}}
  ---
  kind: Pod
  spec:
    hostNetwork: true
    containers:
      - livenessProbe: {httpGet: {host: 127.0.0.1, port: 80}}
  ---
  kind: Pod
  spec:
    hostNetwork: {{ .Values.hostNetwork }}
    containers:
      - livenessProbe: {httpGet: {host: 127.0.0.1, port: 80}}
`;

fixes("by removing the host")`
  kind: Pod
  spec:
    containers:
      - livenessProbe:
          httpGet:
            host: 127.0.0.1 # here
            port: 80
`.to`
  kind: Pod
  spec:
    containers:
      - livenessProbe:
          httpGet:
            port: 80
`;
