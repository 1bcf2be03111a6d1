import { nginxListeners } from "../facts/nginx-mounts.ts";
import { exposedServices, familiesOn, labelsOf, selectsAll } from "../facts/selectors.ts";
import { usualClusterOf } from "../facts/service-ranges.ts";
import { sameNamespace } from "../facts/services.ts";
import { ipv4Listeners, mainContainers } from "../kinds/listeners.ts";
import type { Rule } from "../lint/rule.ts";
import { podKinds, podLabels, type Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "A Service with IPv6 sends its traffic to a program that listens on IPv4 alone",
  why: `The Service has an IPv6 cluster IP and its pods have IPv6 addresses, so connections arrive; nobody listens there, and
they are refused. Clients that try IPv6 first see every other connection fail. Go and Java programs take 0.0.0.0 for both
families; Python, Node.js, nginx, Redis and most others do not. For nginx, \`listen 80\` is IPv4 alone as well.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/",
  severity: "warning",
  codes: ["X006"],
  kinds: podKinds,
  mentions: [/0\.0\.0\.0/, /\/etc\/nginx/],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ipFamilyPolicy: RequireDualStack
  ports: [{port: 80, targetPort: 8080}]
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: {app: web}
spec:
  containers:
    - name: web
      image: python:3.13-slim
      command: [gunicorn, --bind, "0.0.0.0:8080", app:app]
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ipFamilyPolicy: RequireDualStack
  ports: [{port: 80, targetPort: 8080}]
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: {app: web}
spec:
  containers:
    - name: web
      image: python:3.13-slim
      command: [gunicorn, --bind, "[::]:8080", app:app]
`,
  },

  *check(workload, world) {
    const listeners = [...ipv4Listeners(workload), ...nginxListeners(workload, world)];
    const labels = labelsOf(podLabels(workload));
    if (listeners.length === 0 || !labels) return;
    const services = world.all(exposedServices).filter((known) => {
      const ipv6 = familiesOn(usualClusterOf(world), known.value).includes("IPv6");
      return ipv6 && sameNamespace(known, workload) && selectsAll(known.value.selector, labels);
    });
    for (const { at, port, refusal } of listeners) {
      const service = services.find(
        ({ value }) => port === undefined || value.targets.some((target) => mayBe(target, port, workload)),
      );
      if (service) yield { at, message: `Service ${service.name} brings IPv6 clients; ${refusal}` };
    }
  },
};

/** A target port by name is that of a container, and may be any where none has it. */
function mayBe(target: string, port: string, workload: Resource): boolean {
  if (/^\d+$/.test(target)) return target === port;
  const ports = mainContainers(workload).flatMap((container) => container.get("ports")?.items() ?? []);
  const named = ports.find((one) => one.get("name")?.text === target)?.get("containerPort")?.text;
  return named === undefined || named === port;
}
