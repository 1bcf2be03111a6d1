import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("service-headless-default");

reports("a headless Service without selector")`
  kind: Service
  spec:
    clusterIP: None
    #          ^^^^ without selector this gets both families on every cluster (RequireDualStack)
`;

accepts("a selector, a policy, and an address")`
  kind: Service
  spec: {clusterIP: None, selector: {app: web}}
  ---
  kind: Service
  spec: {clusterIP: None, ipFamilyPolicy: SingleStack}
  ---
  kind: Service
  spec: {clusterIP: 10.96.0.10}
`;
