import { type BareAddress, bareAddress } from "../addresses/bare-address.ts";
import { handlerCommands } from "../kinds/commands.ts";
import { containersOf } from "../kinds/containers.ts";
import { givenTexts } from "../kinds/given-texts.ts";
import { settingFields } from "../kinds/setting-fields.ts";
import type { Report, Rule } from "../lint/rule.ts";
import { embeddedKind, partOf } from "../manifest/embedded.ts";
import type { Field } from "../manifest/field.ts";
import { likeAddress } from "../manifest/mentions.ts";
import type { Resource } from "../manifest/resource.ts";
import { isComment, lineBefore } from "../program-files/lines.ts";

export const rule: Rule = {
  summary: "An IPv6 address without brackets in a URL",
  why: `In a URL the host ends at the first colon, so an IPv6 address stands in brackets (RFC 3986). Go reads
\`http://fd00::1/\` as host \`fd00:\` and port 1 without an error, and the failure shows up somewhere else.`,
  source: "https://www.rfc-editor.org/rfc/rfc3986#section-3.2.2",
  severity: "error",
  codes: ["ARG001"],
  kinds: ["*"],
  mentions: [likeAddress],
  example: {
    bad: pod("http://fd12:3456:789a::1/api"),
    good: pod("http://[fd12:3456:789a::1]/api"),
  },

  *check(resource) {
    if (ofInstallers.includes(resource.kind)) {
      for (const field of dialled(resource)) yield* urls(field, field.text ?? "");
    } else if (resource.kind !== "ConfigMap") {
      // A file of a ConfigMap was looked at as its text.
      if (resource.kind !== "Yaml") for (const field of settingFields(resource)) yield* urls(field, field.text ?? "");
      for (const { field, text } of givenTexts(resource)) yield* urls(field, text);
      for (const field of containersOf(resource).flatMap(handlerCommands).flat()) yield* urls(field, field.text ?? "");
    }
    // What nginx says of it has a rule of its own, and of CoreDNS only plugins that dial URLs need them written so: `tls://fd00::53` it reads as it is meant.
    else
      for (const [key, field] of resource.get("data")?.entries() ?? []) {
        const kind = field.text && embeddedKind(key, field.text);
        if (!field.text || kind === "NginxConf") continue;
        yield* urls(field, field.text, kind === "Corefile" ? /^\s*endpoint\s/ : undefined);
      }
  },
};

const ofInstallers = ["ClusterConfiguration", "K3sConfig", "TalosConfig", "TalhelperConfig"];

/** By kubeadm and what it starts, by k3s, or by the nodes of Talos. */
function dialled(config: Resource): readonly Field[] {
  const components = [["etcd", "local"], ["apiServer"], ["controllerManager"], ["scheduler"]];
  const extraArgs = components.flatMap((steps) => config.get(...steps, "extraArgs")?.scalars() ?? []);
  const single = [["server"], ["endpoint"], ["cluster", "controlPlane", "endpoint"]].map((at) => config.get(...at));
  return [
    ...(config.get("etcd", "external", "endpoints")?.items() ?? []),
    ...extraArgs,
    ...single.flatMap((field) => (field?.text === undefined ? [] : [field])),
  ];
}

const pattern =
  /\b[a-z][a-z0-9+.-]{0,30}:\/\/(?:[^\s/@"'[\]]{0,200}@)?([0-9a-f:.]{0,50}:[0-9a-f.]{0,50}:[0-9a-f:.]{0,50})(?=[/\s"'?#,;)\]}]|$)/gi;

/** `on`: only on such lines. */
function* urls(field: Field, text: string, on = /^/): Iterable<Report> {
  for (const match of text.matchAll(pattern)) {
    const host = match[1] ?? "";
    const bare = bareAddress(host);
    if (!bare || isComment(text, match.index) || !on.test(lineBefore(text, match.index))) continue;
    const end = match.index + match[0].length;
    yield report(field, end - host.length, end, bare);
  }
}

function report(field: Field, start: number, end: number, { bracketed }: BareAddress): Report {
  const { at, replace } = partOf(field, start, end);
  const kind = bracketed.length > 1 ? "decision" : "spelling";
  const fix: Report["fix"] = bracketed.map((by) => ({ kind, title: `Write ${by}`, edits: [replace(by)] }));
  return { at, message: `an IPv6 address in a URL needs brackets: write ${bracketed.join(" or ")}`, fix };
}

function pod(url: string): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: app
spec:
  containers:
    - name: app
      image: ghcr.io/acme/app:1
      args: ["--upstream=${url}"]
`;
}
