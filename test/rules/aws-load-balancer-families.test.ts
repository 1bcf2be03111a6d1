import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("aws-load-balancer-families");

reports("what only the controller reads, for the cloud provider, and an IPv4 load balancer of both families")`
  apiVersion: v1
  kind: Service
  metadata:
    annotations:
      service.beta.kubernetes.io/aws-load-balancer-type: nlb
      #                                                  ^^^ nlb is the cloud provider's, which knows no dualstack: write external
      service.beta.kubernetes.io/aws-load-balancer-ip-address-type: dualstack
  spec: {type: LoadBalancer}
  ---
  apiVersion: v1
  kind: Service
  metadata:
    annotations:
      service.beta.kubernetes.io/aws-load-balancer-ip-address-type: ipv4
      #                                                             ^^^^ the Service has both families and its load balancer IPv4 alone: write ip-address-type: dualstack
  spec: {type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb, ipFamilyPolicy: RequireDualStack}
  ---
  apiVersion: v1
  kind: Service
  metadata:
    annotations:
      service.beta.kubernetes.io/aws-load-balancer-type: external
  spec: {type: LoadBalancer, ipFamilyPolicy: RequireDualStack}
  #                                          ^^^^^^^^^^^^^^^^ the Service has both families and its load balancer IPv4 alone: write ip-address-type: dualstack
`;

accepts("the controller's, and Services of other clouds")`
  apiVersion: v1
  kind: Service
  metadata:
    annotations:
      service.beta.kubernetes.io/aws-load-balancer-type: external
      service.beta.kubernetes.io/aws-load-balancer-ip-address-type: dualstack
  spec: {type: LoadBalancer, ipFamilyPolicy: RequireDualStack}
  ---
  apiVersion: v1
  kind: Service
  metadata:
    annotations:
      service.beta.kubernetes.io/aws-load-balancer-type: nlb
      service.beta.kubernetes.io/aws-load-balancer-ip-address-type: dualstack
  spec: {type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb}
  ---
  apiVersion: v1
  kind: Service
  metadata: {annotations: {a: aws-load-balancer}}
  spec: {type: LoadBalancer, ipFamilyPolicy: RequireDualStack}
`;
