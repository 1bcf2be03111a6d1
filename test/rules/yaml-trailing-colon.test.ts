import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("yaml-trailing-colon");

reports("an argument and an address")`
  kind: Pod
  spec:
    containers:
      - args:
          - --bind=::
          # ^^^^^^^^^ 💡 cannot unmarshal object into string: YAML takes --bind=:: for a key; put it in quotes
          - fd00::
          # ^^^^^^ 💡 cannot unmarshal object into string: YAML takes fd00:: for a key; put it in quotes
`;

reports("the value of a key, which is no YAML at all")`
  kind: Service
  spec:
    clusterIP: fd00:10:96::
    #          ^^^^^^^^^^^^ 💡 cannot unmarshal object into string: YAML takes fd00:10:96:: for a key; put it in quotes
    type: ClusterIP
`;

accepts("quotes, and colons inside")`
  kind: Pod
  spec:
    containers:
      - args:
          - "--bind=::"
          - --bind=::1
          - fd00::1
        env:
          - name: EMPTY
            value:
`;

fixes("by quotes")`
  kind: Pod
  spec:
    containers:
      - args:
          - --bind=:: # both families
          - fd00::
`.to`
  kind: Pod
  spec:
    containers:
      - args:
          - "--bind=::" # both families
          - "fd00::"
`;

accepts("inside brackets, where the parser of kubectl goes on behind a colon that no blank follows")`
  kind: Pod
  spec:
    hostAliases: [{ip: fd12::, hostnames: [web]}]
    dnsConfig: {nameservers: [fd12::]}
    containers: [{args: [--bind=::]}]
`;
