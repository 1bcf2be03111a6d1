import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("service-two-families");

reports("SingleStack, said or by default")`
  kind: Service
  spec:
    ipFamilyPolicy: SingleStack
    #               ^^^^^^^^^^^ 💡 must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified
    ipFamilies: [IPv4, IPv6]
  ---
  kind: Service
  spec:
    selector: {app: web}
    ipFamilies:
      - IPv4
      - IPv6
      # ^^^^ 💡 must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified
`;

reports("two addresses, and a headless Service with a selector")`
  kind: Service
  spec:
    clusterIP: 10.96.0.10
    clusterIPs: [10.96.0.10, "fd00:10:96::10"]
    #                        ^^^^^^^^^^^^^^^^ 💡 must be 'RequireDualStack' or 'PreferDualStack' when multiple cluster IPs are specified
  ---
  kind: Service
  spec:
    clusterIP: None
    selector: {app: web}
    ipFamilies: [IPv6, IPv4]
    #                  ^^^^ 💡 must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified
`;

reports("two addresses and two families, each of which needs it")`
  kind: Service
  spec:
    clusterIP: 10.96.0.10
    clusterIPs: [10.96.0.10, "fd00:10:96::10"]
    #                        ^^^^^^^^^^^^^^^^ 💡 must be 'RequireDualStack' or 'PreferDualStack' when multiple cluster IPs are specified
    ipFamilies: [IPv4, IPv6]
    #                  ^^^^ 💡 must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified
`;

reports("a policy that is null, which is none")`
  kind: Service
  spec:
    ipFamilyPolicy: null
  # ^^^^^^^^^^^^^^ 💡 must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified
    ipFamilies: [IPv4, IPv6]
  ---
  kind: Service
  spec:
    ipFamilies: [IPv4, IPv6]
    ipFamilyPolicy:
  # ^^^^^^^^^^^^^^ 💡 must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified
`;

fixes("by a policy in the place of a null, once for both lists")`
  kind: Service
  spec:
    ipFamilyPolicy: null
    clusterIP: 10.96.0.10
    clusterIPs: [10.96.0.10, "fd00:10:96::10"]
    ipFamilies: [IPv4, IPv6]
  ---
  kind: Service
  spec:
    clusterIPs: [10.96.0.10, "fd00:10:96::10"]
    ipFamilies: [IPv4, IPv6]
    ipFamilyPolicy:
    clusterIP: 10.96.0.10
`.to`
  kind: Service
  spec:
    ipFamilyPolicy: PreferDualStack
    clusterIP: 10.96.0.10
    clusterIPs: [10.96.0.10, "fd00:10:96::10"]
    ipFamilies: [IPv4, IPv6]
  ---
  kind: Service
  spec:
    clusterIPs: [10.96.0.10, "fd00:10:96::10"]
    ipFamilies: [IPv4, IPv6]
    ipFamilyPolicy: PreferDualStack
    clusterIP: 10.96.0.10
`;

accepts("a headless Service without selector, which gets both by default")`
  kind: Service
  spec:
    clusterIP: None
    ipFamilies: [IPv6, IPv4]
`;

accepts("a template that may bring the policy, an ExternalName, and families that are wrong in themselves")`
  kind: Service
  spec:
    ipFamilies: [IPv4, IPv6]
    {{- include "policy" . | nindent 2 }}
  ---
  kind: Service
  spec:
    ipFamilies: [IPv4, IPv6]
    ipFamilyPolicy:
      {{ .Values.policy }}
  ---
  kind: Service
  spec: {type: ExternalName, ipFamilies: [IPv4, IPv6]}
  ---
  kind: Service
  spec: {ipFamilies: [IPv6, IPv6]}
`;

fixes("by the policy that fits both")`
  kind: Service
  spec:
    ipFamilies:
      - IPv4 # first
      - IPv6
    type: ClusterIP
`.to`
  kind: Service
  spec:
    ipFamilies:
      - IPv4 # first
      - IPv6
    ipFamilyPolicy: PreferDualStack
    type: ClusterIP
`;

const dual = `kind: Service
metadata: {name: web}
spec: {ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4, IPv6]}
`;

accepts("an update to SingleStack that changes nothing else: the second family goes by itself", { old: dual })`
  kind: Service
  metadata: {name: web}
  spec: {ipFamilyPolicy: SingleStack, ipFamilies: [IPv4, IPv6]}
`;

accepts("an update without a policy, which keeps the one before", { old: dual })`
  kind: Service
  metadata: {name: web}
  spec: {ipFamilies: [IPv4, IPv6]}
`;

reports("an update to two families of a Service that had no policy", {
  old: `kind: Service
metadata: {name: web}
spec: {ipFamilies: [IPv4]}
`,
})`
  kind: Service
  metadata: {name: web}
  spec:
    ipFamilies: [IPv4, IPv6]
    #                  ^^^^ 💡 must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified
`;
