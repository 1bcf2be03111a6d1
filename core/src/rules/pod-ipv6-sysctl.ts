import { handlerCommands } from "../kinds/commands.ts";
import { containersOf } from "../kinds/containers.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";
import { podKinds, podSpec } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "net.ipv6 sysctls are unsafe ones: the kubelet refuses the pod",
  why: `No \`net.ipv6.*\` sysctl is on the kubelet's safe list, so the pod ends as SysctlForbidden unless the node allows it,
and with hostNetwork the API server refuses the pod. A command that sets \`disable_ipv6\` takes IPv6 from the pod, or, with
hostNetwork, from the node. Configure the node instead.`,
  source: "https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/#safe-and-unsafe-sysctls",
  severity: "warning",
  codes: ["POD010"],
  kinds: podKinds,
  mentions: [/ipv6/],
  example: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  securityContext:
    sysctls:
      - name: net.ipv6.conf.all.disable_ipv6
        value: "1"
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  securityContext: {}
`,
  },

  *check(resource) {
    const spec = podSpec(resource);
    const onHost = spec?.get("hostNetwork")?.boolean === true;
    for (const sysctl of spec?.get("securityContext", "sysctls")?.items() ?? []) {
      const name = sysctl.get("name");
      if (!name?.text?.replaceAll("/", ".").startsWith("net.ipv6.")) continue;
      yield {
        at: onHost ? name : { path: sysctl.path, start: name.start, end: name.end },
        severity: onHost ? "error" : "warning",
        message: onHost
          ? "may not be specified when 'hostNetwork' is true; configure the node"
          : "an unsafe sysctl: the kubelet refuses the pod (SysctlForbidden); configure the node",
      };
    }
    for (const container of containersOf(resource))
      for (const words of [
        container.get("command")?.items(),
        container.get("args")?.items(),
        ...handlerCommands(container),
      ])
        for (const word of words ?? []) yield* disabling(word);
  },
};

function* disabling(argument: Field): Iterable<Report> {
  const found = /(?<![\w./])[\w./]*disable_ipv6\s*=\s*["']?1\b|echo\s+["']?1["']?\s*>{1,2}\s*\S*disable_ipv6\b/.exec(
    argument.text ?? "",
  );
  if (!found) return;
  yield {
    at: argument.within(found.index, found.index + found[0].length),
    message: "turns IPv6 off for the pod, or for the node with hostNetwork; configure the node",
  };
}
