import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("service-ip-families");

reports("spellings that the API server does not know")`
  kind: Service
  spec:
    ipFamilies:
      - ipv6
      # ^^^^ 💡 Unsupported value: "ipv6": supported values: "IPv4", "IPv6"
      - 4
      # ^ 💡 Unsupported value: "4": supported values: "IPv4", "IPv6"
      - dual
      # ^^^^ Unsupported value: "dual": supported values: "IPv4", "IPv6"
`;

reports("a family named twice")`
  kind: Service
  spec:
    ipFamilies: [IPv6, IPv6]
    #                  ^^^^ 💡 Duplicate value: "IPv6"; name each family once
`;

accepts("each family once, templates, and Services of others")`
  kind: Service
  spec: {ipFamilies: [IPv6, IPv4]}
  ---
  kind: Service
  spec: {ipFamilies: ["{{ .Values.family }}", "{{ .Values.family }}"]}
  ---
  apiVersion: serving.knative.dev/v1
  kind: Service
  spec: {ipFamilies: [v6]}
`;

fixes("the spelling")`
  kind: Service
  spec:
    ipFamilies:
      - IPV6
      - v4 # second
`.to`
  kind: Service
  spec:
    ipFamilies:
      - IPv6
      - IPv4 # second
`;

accepts("what another program puts a family in place of")`
  kind: Service
  spec: {ipFamilies: ["\${FAMILY}", "<path:secret/data/x#family>", "((family))"]}
`;

reports("a misspelled family twice as both, and one family that is no list")`
  kind: Service
  spec:
    ipFamilies: [ipv6, ipv6]
    #            ^^^^ 💡 Unsupported value: "ipv6": supported values: "IPv4", "IPv6"
    #                  ^^^^ 💡 Unsupported value: "ipv6": supported values: "IPv4", "IPv6"
    #                  ^^^^ 💡 Duplicate value: "ipv6"; name each family once
  ---
  kind: Service
  spec:
    ipFamilies: IPv6
    #           ^^^^ 💡 cannot unmarshal string into Go struct field ServiceSpec.spec.ipFamilies of type []v1.IPFamily: it is a list, [IPv6]
`;

fixes("one family that is no list")`
  kind: Service
  spec:
    ipFamilies: IPv6
`.to`
  kind: Service
  spec:
    ipFamilies: [IPv6]
`;
