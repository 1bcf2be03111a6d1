import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("yaml-flow-colon");

reports("values that start with a colon inside braces and brackets")`
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  spec:
    ingress:
      - from:
          - ipBlock: {cidr: ::/0}
          #                 ^^^^ 💡 did not find expected node content: inside {} or [] this needs quotes, "::/0"
    egress:
      - ports: [80, ::1]
      #             ^^^ 💡 did not find expected node content: inside {} or [] this needs quotes, "::1"
`;

accepts("block style, quotes, and colons further on")`
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  spec:
    ingress:
      - from:
          - ipBlock:
              cidr: ::/0
          - ipBlock: {cidr: "::/0", except: [fd00::/8]}
`;

fixes("by quotes")`
  kind: Service
  spec: {externalIPs: [::1, fd12::1]}
`.to`
  kind: Service
  spec: {externalIPs: ["::1", fd12::1]}
`;
