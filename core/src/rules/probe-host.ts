import { parseAddress } from "../addresses/address.ts";
import { containersOf } from "../kinds/containers.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";
import { likeAddress } from "../manifest/mentions.ts";
import { podKinds, podSpec, type Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "A probe's host is a bare address, and seldom needed",
  why: `The kubelet sends probes from the node, to the pod's primary address unless \`host\` says otherwise. It puts brackets
around an IPv6 address itself: with brackets of yours the URL becomes \`http://[[::1]]:80/\` and every probe fails.
Loopback and the unspecified address are the node's, not the pod's, unless the pod uses hostNetwork.`,
  source: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
  severity: "error",
  codes: ["POD006", "POD007"],
  kinds: podKinds,
  mentions: [/host\W+localhost/, likeAddress],
  example: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      livenessProbe:
        httpGet:
          host: "[fd12:3456:789a::20]"
          port: 8080
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      livenessProbe:
        httpGet:
          host: "fd12:3456:789a::20"
          port: 8080
`,
  },

  *check(resource) {
    for (const host of hosts(resource)) {
      const text = host.text ?? "";
      const bare = /^\[(.*)\]$/.exec(text)?.[1];
      const bracketed = bare !== undefined && parseAddress(bare) !== undefined;
      const ofNode = own.includes(bare ?? text) && isNotHostNetwork(resource);
      if (!bracketed && !ofNode) continue;
      const remove: Report["fix"] = { kind: "decision", title: "Remove host", edits: [host.remove()] };
      yield {
        at: host,
        severity: bracketed ? "error" : "warning",
        message: bracketed
          ? "invalid IP-literal: the kubelet adds brackets itself, so every probe fails; remove them"
          : `the kubelet probes from the node, where ${text} is the node itself; remove host`,
        codes: [bracketed ? "POD006" : "POD007"],
        // Without brackets a loopback address would still be the node's.
        fix: ofNode ? remove : { kind: "spelling", title: "Remove the brackets", edits: [host.replace(bare ?? text)] },
      };
    }
  },
};

const own = ["127.0.0.1", "localhost", "0.0.0.0", "::1", "::"];

function isNotHostNetwork(resource: Resource): boolean {
  const field = podSpec(resource)?.get("hostNetwork");
  return field ? field.boolean === false : !resource.partial;
}

function* hosts(resource: Resource): Generator<Field> {
  for (const container of containersOf(resource))
    for (const steps of handlers)
      for (const action of ["httpGet", "tcpSocket"]) {
        const host = container.get(...steps, action, "host");
        if (host) yield host;
      }
}

const handlers = [
  ["startupProbe"],
  ["livenessProbe"],
  ["readinessProbe"],
  ["lifecycle", "postStart"],
  ["lifecycle", "preStop"],
] as const;
