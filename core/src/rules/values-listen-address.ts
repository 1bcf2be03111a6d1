import { clusterOf } from "../facts/service-ranges.ts";
import { runtimeOf } from "../kinds/runtime.ts";
import { keyOf, settingFields } from "../kinds/setting-fields.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Field, Place } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";
import { settings } from "../program-files/lines.ts";

export const rule: Rule = {
  summary: "Values or a program's YAML tell it to listen on 0.0.0.0, where there is IPv6",
  why: `What a chart writes into a program's configuration from \`listen_host\`, \`bindAddress\` or \`server.host\` is its listen address. In
C, Python and Node.js \`0.0.0.0\` is every IPv4 address and no IPv6 one: in an IPv6-only cluster nobody gets in, not even the kubelet's
probe. \`::\` is both families in most programs. Go and Java take \`0.0.0.0\` for both, so it is a hint. It is said where the cluster or the
values themselves have IPv6.`,
  source: "https://man7.org/linux/man-pages/man7/ipv6.7.html",
  severity: "information",
  kinds: ["*"],
  mentions: [/0\.0\.0\.0/],
  example: {
    cluster: "v6",
    bad: `clickhouse:
  configmap:
    listen_host: 0.0.0.0
`,
    good: `clickhouse:
  configmap:
    listen_host: "::"
`,
  },

  *check(values, world) {
    const cluster = clusterOf(world);
    if (values.kind === "IniConf" && cluster !== "v4" && cluster !== "unknown") yield* inSections(values);
    if (cluster === "v4" || (cluster === "unknown" && (values.kind !== "HelmValues" || !saysIPv6(values.root)))) return;
    for (const field of values.kind === "ConfigMap" ? variables(values) : settingFields(values)) {
      const any = /^(https?:\/\/)?0\.0\.0\.0(:\d+)?$/.exec(field.text ?? "");
      if (!any || !isListenKey(field) || hasTwin(field)) continue;
      yield hint(field, any[2], any[1]);
    }
  },
};

/** What a ConfigMap holds under names of variables: containers are given it as their environment. */
function variables(configMap: Resource): readonly Field[] {
  return (configMap.get("data")?.entries() ?? []).flatMap(([name, field]) =>
    /^[A-Z][A-Z\d_]*$/.test(name) ? [field] : [],
  );
}

/** An INI or TOML file. Grafana, Gitea and what else is written in Go takes it for both families. */
function* inSections(file: Resource): Iterable<Report> {
  const name = String(file.embedded?.field?.step ?? "");
  if (/grafana|gitea|traefik|telegraf|influx|minio|gitlab|containerd/i.test(name)) return;
  const all = settings(file.source);
  for (const { section, key, value } of all) {
    const port = /^0\.0\.0\.0(:\d+)?$/.exec(value.text);
    const hasPort = all.some((one) => one.section === section && one.key.endsWith("port"));
    const isProtocol = section === "uwsgi" && /^(?:http|https|socket|http_socket)$/.test(key);
    if (!port || !(isProtocol || names(key, section, hasPort))) continue;
    yield hint(file.at(value.start, value.end), port[1]);
  }
}

/** `listen`, `listen_host`, `bindAddress`, `http.bind`; a bare `host` or `address` of what is called a server, or with a port beside it. */
function isListenKey(field: Field): boolean {
  const [last = "", before = ""] = field.steps.filter((step) => typeof step === "string").reverse();
  // Elasticsearch and Kibana write `server.host`, and a variable has its name beside it.
  const [key = "", above = before] = (keyOf(field) || last).split(".").reverse();
  // Of programs in Go, which take it for both families: Cilium's agent, Alloy, and Kubernetes' own by their flags.
  if (field.step === "value" && isOfBoth(field.parent?.parent?.parent)) return false;
  if (/HealthzBindAddr$/i.test(key) || above === "alloy" || field.steps.includes("extraArgs")) return false;
  return names(key, above, field.parent?.entries().some(([name]) => /port$/i.test(name)) ?? false);
}

/** A container whose image is one of Go or Java. */
function isOfBoth(container: Field | undefined): boolean {
  return container?.get("image")?.text !== undefined && runtimeOf(container) === "both";
}

function names(key: string, above: string, hasPort: boolean): boolean {
  if (/^(?:no|dont|allow|deny|trusted)/i.test(key)) return false;
  if (/^(?:[a-z]+[_-]?)?(?:listen|bind)(?:er)?(?:[_-]?(?:host|address|addr|ip|on|to|interface)e?s?)?$/i.test(key))
    return true;
  if (/^(?:[a-z]+_)*(?:web|http|https|server|admin|api|ui|rpc|flower)_(?:host|addr|address)$/i.test(key)) return true;
  // Of authentik, JupyterHub and Temporal, and of those who write alike.
  if (/(?:^|_)(?:listen|bind)(?:_{1,2}[a-z]+|_url)$|^bindOnIP$/i.test(key)) return true;
  if (!/^(?:host|address|addr|ip)$/i.test(key)) return false;
  return hasPort || /^(?:[a-z]+[_-]?)?(?:server|listener|listen|bind)$/i.test(above);
}

/** The same list names an IPv6 address as well, or the comment above it does. */
function hasTwin(field: Field): boolean {
  const { parent } = field;
  if (isTold(field)) return true;
  return parent?.type === "seq" && parent.items().some(({ text }) => text?.includes("::"));
}

/** The comment above it says what to write for IPv6. */
function isTold({ key, resource }: Field): boolean {
  const lines = resource.source
    .slice(Math.max(0, key.start - 600), key.start)
    .split("\n")
    .slice(0, -1)
    .reverse();
  const end = lines.findIndex((line) => !line.trimStart().startsWith("#"));
  return lines.slice(0, end < 0 ? undefined : end).some((line) => /::|ipv6/i.test(line));
}

/** `ipv6: true`, `enableIPv6`, `ipFamilies: [IPv6]`; what is said to be off says nothing. */
function saysIPv6(values: Field): boolean {
  return values.scalars().some((field) => {
    return (
      (/ipv6/i.test(keyOf(field)) && field.boolean === true) ||
      field.text === "IPv6" ||
      /dual-?stack$/i.test(field.text ?? "")
    );
  });
}

/** A program that puts a port behind it, as APISIX does into nginx's `listen`, wants the brackets. */
function hint(at: Place, port = "", scheme = ""): Report {
  const by = scheme || port ? `${scheme}[::]${port}` : "::";
  const joined = by === "::" ? "; [::] where a port is put behind it" : "";
  return { at, message: `0.0.0.0 is IPv4 only in most programs: write ${by} if this is one of them${joined}` };
}
