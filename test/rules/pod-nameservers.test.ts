import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("pod-nameservers");

reports("a fourth server, in a template as well")`
  kind: Deployment
  spec:
    template:
      spec:
        dnsConfig:
          nameservers:
            - 10.0.0.1
            - 10.0.0.2
            - fd12::1
            - fd12::2
            # ^^^^^^^ 💡 must not have more than 3 nameservers; keep one of each family among them
`;

reports("no server at all")`
  kind: Pod
  spec:
    dnsPolicy: None
    #          ^^^^ must provide \`dnsConfig\` when \`dnsPolicy\` is None
  ---
  kind: Pod
  spec:
    dnsPolicy: None
    dnsConfig: {searches: [example.com]}
  # ^^^^^^^^^ must provide at least one DNS nameserver when \`dnsPolicy\` is None
`;

accepts("three, one with policy None, and a configuration from a template")`
  kind: Pod
  spec: {dnsConfig: {nameservers: [10.0.0.1, 10.0.0.2, "fd12::1"]}}
  ---
  kind: Pod
  spec: {dnsPolicy: None, dnsConfig: {nameservers: ["fd12::1"]}}
  ---
  kind: Pod
  spec:
    dnsPolicy: None
    {{- with .Values.dnsConfig }}
    dnsConfig: {{ . }}
    {{- end }}
`;

fixes("by removing the fourth")`
  kind: Pod
  spec:
    dnsConfig:
      nameservers: [10.0.0.1, 10.0.0.2, "fd12::1", "fd12::2"]
`.to`
  kind: Pod
  spec:
    dnsConfig:
      nameservers: [10.0.0.1, 10.0.0.2, "fd12::1"]
`;
