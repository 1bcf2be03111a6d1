import type { Shape } from "../addresses/shape.ts";
import { clusterOf, lacks } from "../facts/service-ranges.ts";
import { envOf } from "../kinds/containers.ts";
import { givenTexts } from "../kinds/given-texts.ts";
import { settingFields } from "../kinds/setting-fields.ts";
import type { Report, Rule } from "../lint/rule.ts";
import { embeddedKind, partOf } from "../manifest/embedded.ts";
import type { Field } from "../manifest/field.ts";
import { podKinds, type Resource } from "../manifest/resource.ts";
import { isComment } from "../program-files/lines.ts";

const substituted =
  /(?<![[\w$])\$(?:\{(?:env:)?(?:\w{1,40}_)?(?:POD|HOST|NODE)_?IP\}|\((?:\w{1,40}_)?(?:POD|HOST|NODE)_?IP\)):(?=\d|\$)/;
/** The same in a script: a shell puts it in. */
const inShell = /(?<![[\w$\\])\$\{?(\w+)\}?:(?=\d)/g;

export const rule: Rule = {
  summary: "A URL or host:port put together from the pod's or the node's address",
  why: `\`status.podIP\` and \`status.hostIP\` are the primary address, IPv6 on clusters that have IPv6 first, and then
\`http://$(POD_IP):8080\` lacks its brackets. Brackets written here would break IPv4, so let the program join the two, with
\`status.podIPs\` where it can serve both.`,
  source: "https://kubernetes.io/docs/concepts/workloads/pods/downward-api/",
  severity: "warning",
  codes: ["ARG002"],
  kinds: ["*"],
  mentions: [/\$\([\w.-]+\):(?:\d|\$\()/, /:\/\/(?:[^\s/]*@)?\$\(/, substituted, /\$\{?\w+\}?:\d/],
  example: {
    bad: pod('"--advertise=http://$(POD_IP):8080"'),
    good: pod('"--advertise-address=$(POD_IP)", "--advertise-port=8080"'),
  },

  *check(resource, world) {
    // With IPv4 first both are IPv4, but a manifest for both families comes to clusters of the other order too.
    if (lacks(world, "IPv6")) return;
    yield* inSettings(resource, clusterOf(world));
    if (!podKinds.includes(resource.kind)) return;
    for (const { field, text, container, variable } of givenTexts(resource)) {
      if (variable === undefined && isFirst(clusterOf(world))) yield* inScript(field, text, container);
      for (const match of text.matchAll(/(?<!\[)\$\(([\w.-]+)\)(:(?:\d|\$\())?/g)) {
        if (isEscaped(text, match.index)) continue;
        const inUrl = /\w:\/\/(?:[^\s/]*@)?$/.test(text.slice(Math.max(0, match.index - 300), match.index));
        if ((!inUrl && match[2] === undefined) || !isAddress(container, match[1] ?? "")) continue;
        yield {
          at: field.within(match.index, match.index + `$(${match[1]})`.length),
          message: `$(${match[1]}) may be IPv6, and then this lacks its brackets: let the program join address and port`,
        };
      }
    }
  },
};

/** Nothing of a script that puts brackets around the address somewhere: it tells the families apart. */
function* inScript(field: Field, text: string, container: Field): Iterable<Report> {
  for (const { 0: whole, 1: name = "", index } of text.matchAll(inShell)) {
    if (isComment(text, index) || !isAddress(container, name) || new RegExp(`\\[\\$\\{?${name}\\b`).test(text))
      continue;
    yield {
      at: partOf(field, index, index + whole.length - 1).at,
      message: `$${name} may be IPv6, and then this lacks its brackets: write [$${name}] where it is`,
    };
  }
}

/**
 * What a collector, a shell or envsubst puts in by the name of a variable. What the variable is set from stands in another object, and its
 * name says it; it is of the family that comes first.
 */
function* inSettings(resource: Resource, cluster: Shape): Iterable<Report> {
  if (!isFirst(cluster)) return;
  const texts = resource.kind === "ConfigMap" ? textsOf(resource) : [...settingFields(resource)];
  for (const field of texts)
    for (const { 0: whole, index } of (field.text ?? "").matchAll(new RegExp(substituted, "g"))) {
      const name = whole.slice(0, whole.lastIndexOf(":"));
      yield {
        at: partOf(field, index, index + name.length).at,
        message: `${name} may be IPv6, and then this lacks its brackets; on IPv6 alone write [${name}]`,
      };
    }
}

/** Of two addresses a pod's first is IPv6. */
function isFirst(cluster: Shape): boolean {
  return cluster === "v6" || cluster === "dual-v6";
}

/** What is looked at as an object of its own is not looked at as a text. */
function textsOf(resource: Resource): readonly Field[] {
  return (resource.get("data")?.entries() ?? []).flatMap(([key, field]) =>
    field.text === undefined || ["Yaml", "HelmValues"].includes(embeddedKind(key, field.text) ?? "") ? [] : [field],
  );
}

/** Two dollars stand for one: {@link https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/} */
function isEscaped(text: string, at: number): boolean {
  let from = at;
  while (text[from - 1] === "$") from--;
  return (at - from) % 2 === 1;
}

function isAddress(container: Field, name: string): boolean {
  const entry = envOf(container).findLast((variable) => variable.name === name)?.entry;
  const path = entry?.get("valueFrom", "fieldRef", "fieldPath")?.text;
  return path === "status.podIP" || path === "status.hostIP";
}

function pod(args: string): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: app
spec:
  containers:
    - name: app
      image: ghcr.io/acme/app:1
      args: [${args}]
      env:
        - name: POD_IP
          valueFrom: {fieldRef: {fieldPath: status.podIP}}
`;
}
