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

reports("a prefix, and an IPv4 address, where one string is meant")`
  kind: NetworkPolicy
  spec:
    ingress:
      - from:
          - ipBlock:
              cidr: [fd12:3456:789a::/48]
              #     ^^^^^^^^^^^^^^^^^^^^^ 💡 cannot unmarshal array into string: YAML takes the brackets for a list; write "fd12:3456:789a::/48"
  ---
  kind: Service
  spec:
    clusterIP: [10.96.0.5]
    #          ^^^^^^^^^^^ 💡 cannot unmarshal array into string: YAML takes the brackets for a list; write "10.96.0.5"
    loadBalancerSourceRanges:
      - [10.0.0.0/8]
      # ^^^^^^^^^^^^ 💡 cannot unmarshal array into string: YAML takes the brackets for a list; write "10.0.0.0/8"
`;

accepts("lists of one where a list is meant, and lists of lists that nobody knows")`
  kind: Service
  spec:
    loadBalancerSourceRanges: [10.0.0.0/8]
    externalIPs: [10.0.0.1]
  ---
  kind: Lists
  spec:
    pairs: [[10.0.0.0/8], [10.1.0.0/16]]
`;

accepts("a list that an operation of a patch writes")`
  - op: add
    path: /spec/loadBalancerSourceRanges
    value: [fd00::1]
  - {op: add, path: /spec/externalIPs, value: [10.0.0.1]}
`;
