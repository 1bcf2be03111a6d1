import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("service-ip-family-policy");

reports("what is no policy")`
  kind: Service
  spec:
    ipFamilyPolicy: DualStack
    #               ^^^^^^^^^ 💡 Unsupported value: "DualStack": supported values: "PreferDualStack", "RequireDualStack", "SingleStack"
  ---
  kind: Service
  spec:
    ipFamilyPolicy: requireDualStack
    #               ^^^^^^^^^^^^^^^^ 💡 Unsupported value: "requireDualStack": supported values: "PreferDualStack", "RequireDualStack", "SingleStack"
  ---
  kind: Service
  spec:
    ipFamilyPolicy: IPv6
    #               ^^^^ Unsupported value: "IPv6": supported values: "PreferDualStack", "RequireDualStack", "SingleStack"
`;

accepts("the three policies and a template")`
  kind: Service
  spec: {ipFamilyPolicy: SingleStack}
  ---
  kind: Service
  spec: {ipFamilyPolicy: PreferDualStack}
  ---
  kind: Service
  spec: {ipFamilyPolicy: RequireDualStack}
  ---
  kind: Service
  spec:
    ipFamilyPolicy: {{ .Values.policy }}
`;

fixes("to the nearest")`
  kind: Service
  spec:
    ipFamilyPolicy: "single-stack"
`.to`
  kind: Service
  spec:
    ipFamilyPolicy: "SingleStack"
`;

reports("the patches of Flux' own objects")`
  apiVersion: fluxcd.controlplane.io/v1
  kind: FluxInstance
  spec:
    kustomize:
      patches:
        - target: {kind: Service, name: webhook-receiver}
          patch: |
            - op: add
              path: /spec/ipFamilyPolicy
              value: PreferDualstack
              #      ^^^^^^^^^^^^^^^ 💡 Unsupported value: "PreferDualstack": supported values: "PreferDualStack", "RequireDualStack", "SingleStack"
`;
