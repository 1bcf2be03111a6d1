import { clusterOf, servicesLack } from "../facts/service-ranges.ts";
import { sameNamespace, services } from "../facts/services.ts";
import { serviceFields } from "../kinds/service.ts";
import type { Report, Rule, World } from "../lint/rule.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "Annotations of an AWS load balancer that contradict each other on IPv6",
  why: `\`ip-address-type: dualstack\` is read by the AWS Load Balancer Controller. With \`type: nlb\` and no \`loadBalancerClass\` a Service is for the cloud
provider, which makes load balancers of IPv4 alone and does not know the annotation, unless the controller's webhook has set the class. And a
Service with IPv6 needs it: without, the controller makes an IPv4 one as well. For an Ingress it makes none at all then: "unsupported IPv6
configuration, lb not dual-stack".`,
  source:
    "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#ip-address-type",
  severity: "information",
  kinds: ["Service", "Ingress"],
  groups: ["", "networking.k8s.io"],
  mentions: [/aws-load-balancer|alb\.ingress/],
  example: {
    bad: service("nlb"),
    good: service("external"),
  },

  *check(service, world) {
    if (service.kind === "Ingress") return yield* behind(service, world);
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
    if (isIPv4 && byController && policy?.text === "RequireDualStack" && !servicesLack(world, "IPv6"))
      yield {
        at: addresses ?? policy,
        message: "the Service has both families and its load balancer IPv4 alone: write ip-address-type: dualstack",
      };
  },
};

/** kubernetes-sigs/aws-load-balancer-controller pkg/ingress/model_build_target_group.go, buildTargetGroupIPAddressType */
function* behind(ingress: Resource, world: World): Iterable<Report> {
  const annotations = ingress.get("metadata", "annotations");
  const addresses = annotations?.get("alb.ingress.kubernetes.io/ip-address-type");
  const isALB = annotations?.entries().some(([name]) => name.startsWith("alb.ingress.kubernetes.io/")) ?? false;
  if (!isALB || (addresses ? addresses.text !== "ipv4" : ingress.partial)) return;
  const dual = clusterOf(world).startsWith("dual");
  const backends = world.all(services).filter((known) => {
    const { families, policy } = known.value;
    const hasIPv6 =
      families.includes("IPv6") || policy === "RequireDualStack" || (dual && policy === "PreferDualStack");
    return hasIPv6 && sameNamespace(known, ingress);
  });
  const names = new Set(backends.flatMap(({ name }) => name ?? []));
  const rules = ingress.get("spec", "rules")?.items() ?? [];
  const paths = rules.flatMap((rule) => rule.get("http", "paths")?.items() ?? []);
  const used = [ingress.get("spec", "defaultBackend"), ...paths.map((path) => path.get("backend"))].flatMap(
    (backend) => backend?.get("service", "name") ?? [],
  );
  const at = used.find(({ text = "" }) => names.has(text));
  const message = `unsupported IPv6 configuration, lb not dual-stack: Service ${at?.text} has IPv6; write ip-address-type: dualstack`;
  if (at && addresses) yield { at: addresses, severity: "warning", message };
  // An IngressClassParams may say it as well.
  else if (at) yield { at, message };
}

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
