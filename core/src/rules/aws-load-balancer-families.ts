import { lacks } from "../facts/service-ranges.ts";
import { serviceFields } from "../kinds/service.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "Annotations of an AWS load balancer that contradict each other on IPv6",
  why: `\`ip-address-type: dualstack\` is read by the AWS Load Balancer Controller. With \`type: nlb\` and no \`loadBalancerClass\` a Service is for the cloud
provider, which makes load balancers of IPv4 alone and does not know the annotation, unless the controller's webhook has set the class. And a
Service with IPv6 needs it: without, the controller makes an IPv4 one as well.`,
  source:
    "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#ip-address-type",
  severity: "information",
  kinds: ["Service"],
  groups: [""],
  mentions: [/aws-load-balancer/],
  example: {
    bad: service("nlb"),
    good: service("external"),
  },

  *check(service, world) {
    const annotation = (name: string) =>
      service.get("metadata", "annotations", `service.beta.kubernetes.io/aws-load-balancer-${name}`);
    const [type, addresses] = [annotation("type"), annotation("ip-address-type")];
    const { type: kind, policy } = serviceFields(service);
    if (kind !== "LoadBalancer") return;
    if (type?.text === "nlb" && addresses?.text === "dualstack" && service.lacks("spec", "loadBalancerClass"))
      yield { at: type, message: "nlb is the cloud provider's, which knows no dualstack: write external" };
    const byController =
      type?.text === "external" ||
      /^service\.k8s\.aws\/nlb$/.test(service.get("spec", "loadBalancerClass")?.text ?? "");
    const isIPv4 = addresses ? addresses.text === "ipv4" : !service.partial && byController;
    if (isIPv4 && byController && policy?.text === "RequireDualStack" && !lacks(world, "IPv6"))
      yield {
        at: addresses ?? policy,
        message: "the Service has both families and its load balancer IPv4 alone: write ip-address-type: dualstack",
      };
  },
};

function service(type: string): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/aws-load-balancer-type: ${type}
    service.beta.kubernetes.io/aws-load-balancer-ip-address-type: dualstack
spec:
  type: LoadBalancer
  selector: {app: web}
  ports: [{port: 80}]
`;
}
