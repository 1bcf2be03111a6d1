import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("container-host-ip");

reports("the unspecified address of IPv4, and what is no address")`
  kind: Pod
  spec:
    containers:
      - ports:
          - {containerPort: 80, hostPort: 80, hostIP: 0.0.0.0}
          #                                           ^^^^^^^ 💡 0.0.0.0 publishes this hostPort over IPv4 only; leave hostIP out for both families
          - {containerPort: 81, hostPort: 81, hostIP: "[::1]"}
          #                                           ^^^^^^^ 💡 portmap hands this to iptables and the pod does not start: it has brackets
          - {containerPort: 82, hostPort: 82, hostIP: localhost}
          #                                           ^^^^^^^^^ portmap hands this to iptables and the pod does not start: it is a name or other text
`;

accepts("addresses of both families, all of IPv6, an empty text and a variable")`
  kind: Pod
  spec:
    containers:
      - ports:
          - {containerPort: 80, hostPort: 80, hostIP: 127.0.0.1}
          - {containerPort: 80, hostPort: 80, hostIP: "::1"}
          - {containerPort: 80, hostPort: 80, hostIP: "::"}
          - {containerPort: 80, hostPort: 80, hostIP: ""}
          - {containerPort: 80, hostPort: 80, hostIP: "\${HOST_IP}"}
`;

fixes("by removing the field")`
  kind: Pod
  spec:
    containers:
      - ports:
          - containerPort: 80
            hostIP: 0.0.0.0
            hostPort: 80
`.to`
  kind: Pod
  spec:
    containers:
      - ports:
          - containerPort: 80
            hostPort: 80
`;

accepts("0.0.0.0 with :: beside it on the same port")`
  kind: Pod
  spec:
    containers:
      - name: c
        ports:
          - {containerPort: 80, hostPort: 80, hostIP: 0.0.0.0}
          - {containerPort: 80, hostPort: 80, hostIP: "::", protocol: TCP}
`;

accepts("0.0.0.0 for a port that is not published")`
  kind: Pod
  spec:
    containers:
      - ports: [{containerPort: 80, hostIP: 0.0.0.0}]
`;
