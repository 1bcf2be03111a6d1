import type { Rule } from "../lint/rule.ts";
import type { Field, Place } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";

const flannel = "net-conf.json";
/** Copied to /etc/cni/net.d: {@link https://github.com/flannel-io/flannel/blob/master/Documentation/kube-flannel.yml}. */
const copied = "cni-conf.json";
/** Files of their own. */
const files = ["CNIConfig", "FlannelNetConf"];

export const rule: Rule = {
  summary: "A CNI configuration that is no JSON",
  why: `The kubelet's CNI library reads JSON, without comments and without a comma behind the last entry. A NetworkAttachmentDefinition
is stored whatever text stands in it, and pods that ask for the network do not start. So does flannel read its \`net-conf.json\`.`,
  source: "https://www.cni.dev/docs/spec/#section-1-network-configuration-format",
  severity: "error",
  codes: ["CNI007"],
  kinds: ["NetworkAttachmentDefinition", "ConfigMap", ...files],
  mentions: [/conflist|net-conf\.json|cni-conf\.json|NetworkAttachmentDefinition/],
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
    const config = resource.kind === "NetworkAttachmentDefinition" ? resource.get("spec", "config") : undefined;
    const type = config?.type === "map" ? "object" : config?.type === "seq" ? "array" : undefined;
    if (config && type)
      yield {
        at: config.key,
        message: `spec.config in body must be of type string: "${type}"; put the JSON in quotes`,
      };
    for (const { text, what, at } of texts(resource)) {
      // Placeholders (`__CNI_MTU__`, `${MTU}`) are filled in by the container that installs the file.
      if (!text.trim() || /(?<!_)__\w+__|\$[{(\w]|<[^<>]*>/.test(text)) continue;
      const why = jsonProblem(text);
      if (why) yield { at: at(), message: `error parsing ${what}: ${why}` };
    }
  },
};

interface Text {
  readonly text: string;
  readonly what: "subnet config" | "configuration";
  /** Its first line. */
  at(): Place;
}

function texts(resource: Resource): readonly Text[] {
  const held = (field: Field | undefined): readonly Text[] =>
    field?.text === undefined
      ? []
      : [
          {
            text: field.text,
            what: field.step === flannel ? "subnet config" : "configuration",
            at: () => firstLine(field),
          },
        ];
  if (resource.kind === "ConfigMap")
    return (resource.get("data")?.entries() ?? []).flatMap(([key, field]) =>
      key.endsWith(".conflist") || key === copied || key === flannel ? held(field) : [],
    );
  if (!files.includes(resource.kind)) return held(resource.get("spec", "config"));
  // One that stands in another object was looked at there.
  if (resource.embedded?.field) return [];
  const { kind, source: text } = resource;
  const what = kind === "FlannelNetConf" ? "subnet config" : "configuration";
  return [{ text, what, at: () => resource.at(0, text.indexOf("\n") < 0 ? text.length : text.indexOf("\n")) }];
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

function firstLine({ path, start, end, resource }: Field): Place {
  const lead = /^\s*/.exec(resource.source.slice(start, end))?.[0].length ?? 0;
  const newline = resource.source.indexOf("\n", start + lead);
  return { path, start: start + lead, end: newline < 0 ? end : Math.min(end, newline) };
}
