import { lacks } from "../facts/service-ranges.ts";
import { envOf } from "../kinds/containers.ts";
import { givenTexts } from "../kinds/given-texts.ts";
import type { Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";
import { podKinds } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "A URL or host:port put together from the pod's or the node's address",
  why: `\`status.podIP\` and \`status.hostIP\` are the primary address, IPv6 on clusters that have IPv6 first, and then
\`http://$(POD_IP):8080\` lacks its brackets. Brackets written here would break IPv4, so let the program join the two, with
\`status.podIPs\` where it can serve both.`,
  source: "https://kubernetes.io/docs/concepts/workloads/pods/downward-api/",
  severity: "warning",
  codes: ["ARG002"],
  kinds: podKinds,
  mentions: [/\$\([\w.-]+\):(?:\d|\$\()/, /:\/\/(?:[^\s/]*@)?\$\(/],
  example: {
    bad: pod('"--advertise=http://$(POD_IP):8080"'),
    good: pod('"--advertise-address=$(POD_IP)", "--advertise-port=8080"'),
  },

  *check(resource, world) {
    // With IPv4 first both are IPv4, but a manifest for both families comes to clusters of the other order too.
    if (lacks(world, "IPv6")) return;
    for (const { field, text, container } of givenTexts(resource)) {
      for (const match of text.matchAll(/(?<!\[)\$\(([\w.-]+)\)(:(?:\d|\$\())?/g)) {
        if (isEscaped(text, match.index)) continue;
        const inUrl = /\w:\/\/(?:[^\s/]*@)?$/.test(text.slice(0, match.index));
        if ((!inUrl && match[2] === undefined) || !isAddress(container, match[1] ?? "")) continue;
        yield {
          at: field.within(match.index, match.index + `$(${match[1]})`.length),
          message: `$(${match[1]}) may be IPv6, and then this lacks its brackets: let the program join address and port`,
        };
      }
    }
  },
};

/** Two dollars stand for one: {@link https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/} */
function isEscaped(text: string, at: number): boolean {
  return (/\$*$/.exec(text.slice(0, at))?.[0].length ?? 0) % 2 === 1;
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
