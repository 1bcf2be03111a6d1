import { parseAddress } from "../addresses/address.ts";
import { addressMistake } from "../addresses/address-mistake.ts";
import { lacks } from "../facts/service-ranges.ts";
import { containersOf } from "../kinds/containers.ts";
import type { Report, Rule } from "../lint/rule.ts";
import { isPlaceholder } from "../literals/placeholder.ts";
import type { Field } from "../manifest/field.ts";
import { podKinds, type Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "hostIP decides the family of a hostPort",
  why: `The API server does not look at \`hostIP\`; the portmap plugin hands it to iptables or ip6tables, by its family. What is
no address keeps the pod from starting, and 0.0.0.0 publishes the port over IPv4 only. Leave the field out for both.`,
  source: "https://www.cni.dev/plugins/current/meta/portmap/",
  severity: "error",
  codes: ["POD008", "POD009"],
  kinds: podKinds,
  mentions: [/hostIP/],
  example: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      ports:
        - containerPort: 8080
          hostPort: 80
          hostIP: 0.0.0.0
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      ports:
        - containerPort: 8080
          hostPort: 80
`,
  },

  *check(resource, world) {
    const overIPv6 = portsOverIPv6(resource);
    for (const container of containersOf(resource))
      for (const port of container.get("ports")?.items() ?? []) {
        const publishes = port.has("hostPort") && !overIPv6.has(nodePortOf(port));
        const report = judge(port.get("hostIP"), publishes);
        if (report && !(report.codes?.[0] === "POD009" && lacks(world, "IPv6"))) yield report;
      }
  },
};

/** The ports of the node that have an entry for IPv6, so that one for 0.0.0.0 beside it is half of what is there. */
function portsOverIPv6(resource: Resource): ReadonlySet<string> {
  const ports = containersOf(resource).flatMap((container) => container.get("ports")?.items() ?? []);
  const own = ports.filter((port) => parseAddress(port.get("hostIP")?.text ?? "")?.family === "IPv6");
  return new Set(own.map(nodePortOf));
}

function nodePortOf(port: Field): string {
  return `${port.get("hostPort")?.text} ${port.get("protocol")?.text ?? "TCP"}`;
}

/** `publishes`: the port is published at that address, and at no other beside it. */
function judge(field: Field | undefined, publishes: boolean): Report | undefined {
  const text = field?.text;
  if (!field || !text || isPlaceholder(text)) return undefined;
  if (text === "0.0.0.0" && publishes)
    return {
      at: field,
      severity: "warning",
      message: "0.0.0.0 publishes this hostPort over IPv4 only; leave hostIP out for both families",
      codes: ["POD009"],
      fix: { kind: "decision", title: "Remove hostIP", edits: [field.remove()] },
    };
  if (parseAddress(text)) return undefined;
  const bare = /^\[(.*)\]$/.exec(text)?.[1] ?? "";
  const fix: Report["fix"] = parseAddress(bare)
    ? { kind: "spelling", title: "Remove the brackets", edits: [field.replace(bare)] }
    : undefined;
  const what = fix ? "has brackets" : addressMistake(text);
  return {
    at: field,
    message: `portmap hands this to iptables and the pod does not start: it ${what}`,
    codes: ["POD008"],
    fix,
  };
}
