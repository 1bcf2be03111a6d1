import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("network-policy-missing-cidr");

reports("a block with an except list alone")`
  kind: NetworkPolicy
  spec:
    ingress:
      - from:
          - ipBlock: {except: ["fd00::/64"]}
          # ^^^^^^^ Required value: an ipBlock needs a cidr; add the prefix that is meant
`;

reports("an empty cidr")`
  kind: NetworkPolicy
  spec:
    egress:
      - to:
          - ipBlock: {cidr: ""}
          #                 ^^ Required value: an ipBlock needs a cidr; add the prefix that is meant
`;

accepts("a cidr, and one that a template brings")`
  kind: NetworkPolicy
  spec:
    ingress:
      - from:
          - ipBlock: {cidr: "fd00::/64"}
          - ipBlock:
              {{- toYaml .Values.block | nindent 12 }}
`;

accepts("a cidr that a template writes on a line of its own")`
  kind: NetworkPolicy
  spec:
    ingress:
      - from:
          - ipBlock:
              cidr:
                {{ .Values.cidr }}
`;
