import type { Shape } from "../addresses/shape.ts";
import { clusterOf } from "../facts/service-ranges.ts";
import { settingFields } from "../kinds/setting-fields.ts";
import type { Report, Rule } from "../lint/rule.ts";
import { partOf } from "../manifest/embedded.ts";
import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";
import { sourceHas } from "../manifest/words-of-source.ts";

export const rule: Rule = {
  summary: "A relabelling of Prometheus that matches or makes IPv4 addresses only",
  why: `Prometheus matches the whole of a value. \`([^:]+)(?::\\d+)?;(\\d+)\` cannot match \`[fd12::1]:8080;9090\`, and without a match nothing
is replaced: the annotated port of an IPv6 pod is ignored. An address that is put together as \`$1:9100\` of a pod's or node's bare IPv6
address has too many colons, and the target is dropped.`,
  source: "https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config",
  severity: "warning",
  kinds: ["*"],
  mentions: [/__address__/],
  example: {
    bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: prometheus
data:
  prometheus.yml: |
    scrape_configs:
      - job_name: pods
        relabel_configs:
          - source_labels: [__address__, __meta_kubernetes_pod_annotation_prometheus_io_port]
            action: replace
            regex: ([^:]+)(?::\\d+)?;(\\d+)
            replacement: $1:$2
            target_label: __address__
`.replaceAll("\\\\", "\\"),
    good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: prometheus
data:
  prometheus.yml: |
    scrape_configs:
      - job_name: pods
        relabel_configs:
          - source_labels: [__address__, __meta_kubernetes_pod_annotation_prometheus_io_port]
            action: replace
            regex: (.+?)(?::\\d+)?;(\\d+)
            replacement: $1:$2
            target_label: __address__
`.replaceAll("\\\\", "\\"),
  },

  *check(resource, world) {
    // Any document with an address in it comes here, and few relabel anything, most of these no address.
    if (!sourceHas(resource, address) || !sourceHas(resource, relabels)) return;
    // What a ConfigMap or the values of a chart hold is looked at as what it is, not once more in its wrapper.
    for (const list of lists(resource.root)) for (const item of list.items()) yield* judge(item, clusterOf(world));
    for (const field of riverTexts(resource)) yield* judgeRiver(field);
    // kube-prometheus-stack and the operator take scrape configurations from a Secret.
    for (const [, field] of resource.kind === "Secret" ? (resource.get("stringData")?.entries() ?? []) : [])
      yield* judgeText(field);
  },
};

const address = /__address__/;
const relabels = /relabel|source_labels/;

/** Alloy's own language, in a ConfigMap or in values. {@link https://grafana.com/docs/alloy/latest/reference/components/discovery/discovery.relabel/} */
function riverTexts(resource: Resource): readonly Field[] {
  const fields = resource.kind === "ConfigMap" ? resource.get("data")?.scalars() : settingFields(resource);
  return [...(fields ?? [])].filter(({ text }) => text !== undefined && /source_labels\s*=\s*\[/.test(text));
}

/** A text of relabellings that is no document of its own: each regex in the words of the common recipe. */
function* judgeText(field: Field): Iterable<Report> {
  const recipe =
    /source_labels:\s*\[\s*__address__[^\]]*\][\s\S]{0,120}?regex:\s*["']?(\(\[\^:\]\+\))\(\?::\\d\+\)\?;/g;
  for (const { 0: whole, 1: host = "", index } of (field.text ?? "").matchAll(recipe)) {
    const start = index + whole.lastIndexOf(host);
    yield { at: partOf(field, start, start + host.length).at, message: hostless };
  }
}

const hostless = "[^:]+ matches no IPv6 address, so the port is ignored for IPv6 pods; write .+? in its place";

/** In a string of this language backslashes stand twice. */
const riverRecipe =
  /rule\s*\{[^{}]*source_labels\s*=\s*\["__address__"[^{}]*?regex\s*=\s*"(\(\[\^:\]\+\))\(\?::\\+d\+\)\?;[^{}]*\}/g;

const river =
  /rule\s*\{[^{}]*source_labels\s*=\s*\["__meta_kubernetes_(?:pod_ip|pod_host_ip|node_address_\w+)"\][^{}]*?replacement\s*=\s*"(\$\{?1\}?:[^"]*)"[^{}]*\}/g;

function* judgeRiver(field: Field): Iterable<Report> {
  for (const { 0: whole, 1: host = "", index } of (field.text ?? "").matchAll(riverRecipe)) {
    const start = index + whole.indexOf(host);
    yield { at: partOf(field, start, start + host.length).at, message: hostless };
  }
  for (const { 0: whole, 1: joined = "", index } of (field.text ?? "").matchAll(river)) {
    if (!/target_label\s*=\s*"__address__"/.test(whole) || /\bregex\b/.test(whole)) continue;
    const start = index + whole.indexOf(joined);
    yield { at: partOf(field, start, start + joined.length).at, message: bracketless };
  }
}

const bracketless = "an IPv6 address needs brackets before a port: keep __address__, or match IPv4 and IPv6 apart";

const listNames = new Set(["relabel_configs", "relabelConfigs", "relabelings"]);

function* lists(field: Field, depth = 0): Iterable<Field> {
  if (depth > 24) return;
  if (field.type === "map")
    for (const [key, value] of field.entries())
      if (listNames.has(key)) yield value;
      else yield* lists(value, depth + 1);
  else if (field.type === "seq") for (const item of field.items()) yield* lists(item, depth + 1);
}

const bare = /^__meta_kubernetes_(?:pod_ip|pod_host_ip|node_address_\w+|endpoint_address)$/;

function* judge(item: Field, cluster: Shape): Iterable<Report> {
  const sources = (item.get("source_labels") ?? item.get("sourceLabels"))?.items().map(({ text }) => text ?? "") ?? [];
  const target = (item.get("target_label") ?? item.get("targetLabel"))?.text;
  const regex = item.get("regex");
  const replacement = item.get("replacement");
  if (target !== "__address__") return;
  // The host is what stands before the first colon: the common recipe, with and without groups.
  const host = /^(\(\[\^:\]\+\))(\((?:\?:)?:\\d\+\)\??)?;/.exec(regex?.text ?? "");
  if (regex && sources[0] === "__address__" && host) {
    const mended = `(.+?)${regex.text?.slice(host[1]?.length)}`;
    yield {
      at: regex,
      message: hostless,
      fix: { kind: "decision", title: `Write ${mended}`, edits: [regex.replace(mended)] },
    };
  }
  // Two sources that are joined by a colon, as they stand.
  const separator = item.get("separator");
  if (separator?.text === ":" && bare.test(sources[0] ?? "") && sources.length === 2 && !regex && !replacement)
    yield { at: separator, message: bracketless };
  yield* dotted(item, regex);
  const joined = /^\$\{?1\}?:(?:\d+|\$\{?2\}?)$/.test(replacement?.text ?? "");
  const whole = !regex || /^\(\.[*+]\)(?:;|$)/.test(regex.text ?? "");
  if (bare.test(sources[0] ?? "") && joined && whole)
    yield {
      at: replacement,
      message: bracketless,
    };
  // Of pods the address that is asked for is the primary one.
  const bracketed = /^\[\$\{?1\}?\]:(?:\d+|\$\{?2\}?)$/.test(replacement?.text ?? "");
  if (bare.test(sources[0] ?? "") && bracketed && whole && (cluster === "v4" || cluster === "dual-v4"))
    yield { at: replacement, message: "addresses are IPv4 here, which take no brackets: match IPv4 and IPv6 apart" };
}

/** The chart of Prometheus has a rule for each family; one alone leaves the other's annotations unread. */
function* dotted(item: Field, regex: Field | undefined): Iterable<Report> {
  if (!regex || !isDotted(regex.text)) return;
  const others = item.parent?.items().map((one) => one.get("regex")?.text ?? "") ?? [];
  if (!others.some((text) => text !== regex.text && /[a-f]0-9|::|\.\+|\\\[/i.test(text)))
    yield {
      at: regex,
      message: "matches IPv4 addresses only, so the port is ignored for IPv6 pods: add a rule for them",
    };
}

function isDotted(text = ""): boolean {
  return /\(\[0-9\]\+\??\)\(?\\\.\|\$\)?\)\{4\}|\\d\+\\\.\\d\+\\\.\\d\+|\(?:?\\d\{1,3\}\\\.\)?\{3\}/.test(text);
}
