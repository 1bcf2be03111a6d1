import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("service-load-balancer-ip");

reports("the field")`
  kind: Service
  spec:
    loadBalancerIP: 10.20.0.5
    #               ^^^^^^^^^ loadBalancerIP is deprecated and takes one family only; use your provider's annotation
`;

accepts("an empty one, and the annotation of an implementation")`
  kind: Service
  metadata:
    annotations:
      metallb.io/loadBalancerIPs: 10.20.0.5,fd12::5
  spec:
    loadBalancerIP: ""
`;
