import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("yaml-bracketed-address");

reports("a list in a list, and one where a string is meant")`
  kind: Pod
  spec:
    dnsConfig:
      nameservers:
        - [fd12:3456:789a::1]
        # ^^^^^^^^^^^^^^^^^^^ 💡 cannot unmarshal array into string: YAML takes the brackets for a list; write "fd12:3456:789a::1"
    containers:
      - livenessProbe:
          httpGet:
            host: [fd12::2]
            #     ^^^^^^^^^ 💡 cannot unmarshal array into string: YAML takes the brackets for a list; write "fd12::2"
`;

reports("a port behind it, which is no YAML")`
  kind: Pod
  spec:
    containers:
      - args:
          - [fd12::1]:8080
          # ^^^^^^^^^^^^^^ 💡 cannot unmarshal array into string: YAML takes the brackets for a list; write "[fd12::1]:8080"
`;

accepts("lists of addresses, and quotes")`
  kind: Node
  spec:
    podCIDRs: [fd12::/64]
  ---
  kind: Service
  spec:
    externalIPs: [fd12::1]
    clusterIPs: ["fd12::2"]
  ---
  kind: Pod
  spec:
    containers:
      - args: ["--listen", "[fd12::1]:8080"]
`;

fixes("without brackets where bare addresses are wanted")`
  kind: Pod
  spec:
    dnsConfig:
      nameservers:
        - [fd12::53]
`.to`
  kind: Pod
  spec:
    dnsConfig:
      nameservers:
        - "fd12::53"
`;

reports("what ends in colons, with a port behind the brackets")`
  kind: Pod
  spec:
    containers:
      - args:
          - --listen
          - [::]:8080
          # ^^^^^^^^^ 💡 cannot unmarshal array into string: YAML takes the brackets for a list; write "[::]:8080"
          - --peer
          - [fd12:3456:789a::]:8080
          # ^^^^^^^^^^^^^^^^^^^^^^^ 💡 cannot unmarshal array into string: YAML takes the brackets for a list; write "[fd12:3456:789a::]:8080"
        env:
          - name: LISTEN
            value: [::]:80
            #      ^^^^^^^ 💡 cannot unmarshal array into string: YAML takes the brackets for a list; write "[::]:80"
`;
