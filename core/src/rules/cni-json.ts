import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";
import type { Rule } from "../rule.ts";

const flannel = "net-conf.json";

export const rule: Rule = {
  summary: "A CNI configuration that is no JSON",
  why: `The kubelet's CNI library reads JSON, without comments and without a comma behind the last entry. A NetworkAttachmentDefinition
is stored whatever stands in it, and pods that ask for the network do not start. So does flannel read its \`net-conf.json\`.`,
  source: "https://www.cni.dev/docs/spec/#section-1-network-configuration-format",
  severity: "error",
  codes: ["CNI007"],
  kinds: ["NetworkAttachmentDefinition", "ConfigMap"],
  mentions: [/conflist|net-conf\.json|NetworkAttachmentDefinition/],
  example: {
    bad: `apiVersion: k8s.cni.cncf.io/v1
kind: NetworkAttachmentDefinition
metadata:
  name: side
spec:
  config: '{"cniVersion":"1.0.0","type":"bridge",}'
`,
    good: `apiVersion: k8s.cni.cncf.io/v1
kind: NetworkAttachmentDefinition
metadata:
  name: side
spec:
  config: '{"cniVersion":"1.0.0","type":"bridge"}'
`,
  },

  *check(resource) {
    for (const field of texts(resource)) {
      const { text } = field;
      // Placeholders (`__CNI_MTU__`, `${MTU}`) are filled in by the container that installs the file.
      if (!text?.trim() || /__\w+__|\$[{(\w]|<[^>]*>/.test(text)) continue;
      const why = jsonProblem(text);
      const what = field.step === flannel ? "subnet config" : "configuration";
      if (why) yield { at: firstLine(field), message: `error parsing ${what}: ${why}` };
    }
  },
};

function texts(resource: Resource): readonly Field[] {
  if (resource.kind === "ConfigMap")
    return (resource.get("data")?.entries() ?? []).flatMap(([key, field]) =>
      key.endsWith(".conflist") || key === flannel ? field : [],
    );
  const config = resource.get("spec", "config");
  return config ? [config] : [];
}

function jsonProblem(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    // Newer engines add the line and column, which is the finding's own place.
    return error instanceof Error
      ? error.message.split("\n")[0]?.replace(/ \(line \d+ column \d+\)$/, "")
      : String(error);
  }
}

function firstLine({ path, start, end, resource }: Field) {
  const lead = /^\s*/.exec(resource.source.slice(start, end))?.[0].length ?? 0;
  const newline = resource.source.indexOf("\n", start + lead);
  return { path, start: start + lead, end: newline < 0 ? end : Math.min(end, newline) };
}
