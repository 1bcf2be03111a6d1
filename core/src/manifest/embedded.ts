import type { Edit } from "./edit.ts";
import type { Field, Place } from "./field.ts";
import type { ScalarNode } from "./node.ts";

/**
 * A file written inside a scalar: a Corefile in a ConfigMap, JSON in an annotation. Its text is what the program that
 * reads it sees; `outer` leads back to the manifest.
 */
export interface Embedded {
  /** undefined for a file of its own. */
  readonly field?: Field;
  /** The kind of file, {@link embeddedKind}. */
  readonly name: string;
  readonly text: string;
  /** From an offset in `text` to an offset in the document; the start of the scalar where that cannot be told. */
  outer(offset: number): number;
  /** Spaces to put behind a newline that is inserted into the file; undefined if it cannot be edited in place. */
  readonly indent: string | undefined;
  /** It is made of pieces that stand apart, so that nothing of it is edited. */
  readonly fixed?: true;
}

/** undefined for templates and for scalars without text. */
export function embed(field: Field, name: string): Embedded | undefined {
  const { text, node, resource } = field;
  if (text === undefined || node.kind !== "scalar") return undefined;
  if (node.style === "literal") return { field, name, text, ...literalMap(field, node) };
  const step = node.style === "plain" ? 0 : 1;
  if (node.end - node.start - 2 * step === text.length)
    return { field, name, text, outer: (offset) => resource.outer(node.start + step + offset), indent: undefined };
  return { field, name, text, outer: (offset) => (offset >= text.length ? field.end : field.start), indent: undefined };
}

/** A part of a scalar's text, by offsets in it, in the lines of a block too. */
export interface Part {
  readonly at: Place;
  /** Quotes of a scalar are kept; in a block the text stands as it is. */
  replace(by: string): Edit | undefined;
}

export function partOf(field: Field, start: number, end: number): Part {
  const file = embed(field, "");
  const at = file ? { path: field.path, start: file.outer(start), end: file.outer(end) } : field;
  const { text = "" } = field;
  const replace = (by: string) =>
    file?.indent === undefined
      ? field.replace(text.slice(0, start) + by + text.slice(end))
      : { start: at.start, end: at.end, text: by };
  return { at, replace };
}

/** A file of its own, whose lines may end as on Windows. */
export function embedWhole(source: string, name: string): Embedded {
  const text = source.replaceAll("\r\n", "\n");
  return { name, text, indent: "", outer: linesMap(0, source, text.split("\n")) };
}

/**
 * A literal block takes its lines as they are, behind their indentation. How much that is tells what is left of a line: in a template
 * an action stands further left than the block it is in.
 */
function literalMap({ resource }: Field, node: ScalarNode): Pick<Embedded, "outer" | "indent"> {
  const written = resource.source.slice(node.start, node.end);
  const left = node.text.split("\n");
  const first = left.findIndex((line) => line.trim() !== "");
  const whole = (written.split("\n")[first] ?? "").replace(/\r$/, "");
  const own = whole.slice(0, Math.max(0, whole.length - (left[first]?.length ?? 0)));
  const lines = linesMap(node.start, written, left);
  const { embedded } = resource;
  const isKnown = /^ *$/.test(own) && !(embedded && embedded.indent === undefined);
  return {
    outer: (offset) => resource.outer(lines(offset)),
    indent: isKnown ? (embedded?.indent ?? "") + own : undefined,
  };
}

/** From an offset in `lines`, which leave out indentation and carriage returns, to one in the document, where they begin at `from`. */
function linesMap(from: number, written: string, lines: readonly string[]): Embedded["outer"] {
  const inner: number[] = [];
  const outer: number[] = [];
  let at = 0;
  let consumed = 0;
  for (const [index, line] of written.split("\n").entries()) {
    const length = line.replace(/\r$/, "").length;
    const left = Math.min(length, lines[index]?.length ?? 0);
    inner.push(consumed);
    outer.push(from + at + length - left);
    consumed += left + 1;
    at += line.length + 1;
  }
  return (offset) => {
    let low = 0;
    for (let high = inner.length - 1; low < high; ) {
      const middle = (low + high + 1) >> 1;
      if ((inner[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return (outer[low] ?? from) + offset - (inner[low] ?? 0);
  };
}

/**
 * What kind of file a data key of a ConfigMap holds, by its key and its text; undefined for what no rule reads.
 */
export function embeddedKind(key: string, text: string): string | undefined {
  if (/^Corefile/.test(key) || /^[ \t]*[\w.*-]*:53 \{/m.test(text)) return "Corefile";
  // k3s, RKE2 and AKS import these from a ConfigMap: servers of their own, and plugins for the server that is there.
  if (/\.server$/.test(key) && /\{[ \t]*\n\s*(?:forward|hosts|file|errors|log|cache|rewrite|template)\s/.test(text))
    return "Corefile";
  if (/\.override$/.test(key) && isCorefilePart(text)) return "Corefile";
  if (componentConfig.test(text)) return "Yaml";
  if (isCloudConfig(text)) return "CloudConfig";
  if (key === "net-conf.json") return "FlannelNetConf";
  if (/\.(conflist|conf)$/.test(key) && /^\s*\{/.test(text)) return "CNIConfig";
  if (/^cni_network_config$|^cni-conf\.json$/.test(key)) return "CNIConfig";
  if (/^antrea-(?:agent|controller)\.conf$/.test(key)) return "AntreaConf";
  if (/^supervisord?\b.*\.(?:conf|ini)$/.test(key) && /^\[inet_http_server\]/m.test(text)) return "SupervisorConf";
  if (/haproxy.*\.(cfg|conf)$/.test(key)) return "HAProxyConf";
  if (/\.cfg$/.test(key) && /^(?:frontend|listen) \S+[ \t]*\n\s+bind /m.test(text)) return "HAProxyConf";
  if (/^(httpd|apache2?|ports)\.conf$/.test(key)) return "ApacheConf";
  if (/\.conf$/.test(key) && /^[ \t]*Listen [\d.:[\]]/m.test(text)) return "ApacheConf";
  if (key === "pg_hba.conf" || key === "pgHbaConfiguration") return "PgHba";
  if (key === "postgresql.conf" || (/^extended(?:Conf|Configuration)$/.test(key) && /^listen_addresses\b/m.test(text)))
    return "PostgresConf";
  if (/\.cnf$/.test(key) && /(^|\n)\[(mysqld|mariadb|server)/.test(text)) return "MySQLConf";
  if (/^(redis|valkey|sentinel).*\.conf$/.test(key)) return "RedisConf";
  if (/^mongo[ds]?b?\.(?:conf|ya?ml)$/.test(key)) return "MongoConf";
  if (/^(?:\d+-)?rabbitmq.*\.conf$/.test(key)) return "RabbitConf";
  if (/^mosquitto.*\.conf$/.test(key)) return "MosquittoConf";
  if (/^emqx.*\.conf$/.test(key)) return "EmqxConf";
  if (/^gunicorn[\w.-]*\.py$/.test(key)) return "GunicornConf";
  if (/\.conf$/.test(key) && /^[ \t]*<source>/m.test(text)) return "FluentdConf";
  if (/\.hcl$/.test(key)) return "HclConf";
  if (/^unbound.*\.conf$/.test(key)) return "UnboundConf";
  if (/^fluent-?bit.*\.conf$/.test(key)) return "FluentBitConf";
  if (/\.xml$/.test(key) && text.includes("<listen_host>")) return "ClickHouseConf";
  // https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#http-snippet, and Bitnami's chart
  if (
    /^(?:http|server|main|stream)-snippet$|^(?:stream)?serverBlocks?$/i.test(key) &&
    /\blisten\b|\bserver\b/.test(text)
  )
    return "NginxConf";
  // The image of nginx fills in what ends in .template: https://github.com/docker-library/docs/blob/master/nginx/content.md
  if (/\.conf(?:\.template)?$/.test(key) && /(^|[\s{;])(server|upstream|listen|proxy_pass|resolver)\b/.test(text))
    return "NginxConf";
  if (/nginx/i.test(key) && /^[ \t]*server[ \t]*\{/m.test(text) && /^[ \t]*listen[ \t]/m.test(text)) return "NginxConf";
  if (/\.(?:ini|toml)$/.test(key) && /^[ \t]*\[/m.test(text)) return "IniConf";
  if (/^envoy.*\.(ya?ml|json)$/.test(key)) return "EnvoyConf";
  if (/\.(ya?ml|json)$/.test(key) && /(^|[\s{,])"?static_?[rR]esources"?\s*:/.test(text)) return "EnvoyConf";
  if (/^blackbox.*\.ya?ml$/.test(key)) return "BlackboxConf";
  if (/\.ya?ml$/.test(key) && /(^|\n)modules:/.test(text) && /^[ \t]+prober:/m.test(text)) return "BlackboxConf";
  // https://fluxcd.io/flux/components/helm/helmreleases/#values-references
  if (/^values[\w.-]*\.ya?ml$/.test(key) && !/^kind:/m.test(text)) return "HelmValues";
  // https://github.com/open-telemetry/opentelemetry-helm-charts/blob/main/charts/opentelemetry-collector/templates/configmap.yaml
  if (key === "relay" && /^receivers:/m.test(text)) return "Yaml";
  if (key === "ClusterConfiguration" || key === "ClusterStatus" || /\.ya?ml$|^config$/.test(key)) return "Yaml";
  return undefined;
}

/** {@link https://cloudinit.readthedocs.io/en/latest/explanation/format.html} */
export function isCloudConfig(text: string): boolean {
  return /^#cloud-config\b/.test(text);
}

/** Plugins without the server that they are for: the first word of the text is one of CoreDNS' plugins, not a zone. */
export function isCorefilePart(text: string): boolean {
  return /^(?:\s|#[^\n]*\n)*(?:forward|dns64|hosts|rewrite|template|log|errors|cache|acl|bind|any|header|autopath|loadbalance|kubernetes|file|minimal|nsid|prometheus|health|ready)(?:\s|$)/.test(
    text,
  );
}

/** The configuration of a Kubernetes program, as kubeadm keeps it under `config.conf` for kube-proxy and `kubelet` for the kubelet. */
const componentConfig =
  /^(?:kind:[ \t]*["']?Kube(?:Proxy|let)Configuration\b|apiVersion:[ \t]*["']?\w+\.config\.k8s\.io\/)/m;

/** Stands in every ConfigMap that holds one of these files. Wide, since it only tells what is to be read. */
export const holdsFile: readonly RegExp[] = [
  /Corefile/i,
  /\.(?:override|server)["']?:/,
  /:53 \{/,
  /net-conf\.json/i,
  /\.c(?:onf(?:list)?|nf|fg)\b/i,
  /\.(?:ini|toml)["']?:/,
  /nginx[\w.-]*["']?: *[|>"']/i,
  /cni[-_](?:network_config|conf\.json)/,
  /envoy/i,
  /static_?resources/i,
  /listen_host/,
  /#cloud-config/,
  /address-pools/,
  /-snippet["']?:/,
  /\.hcl["']?:/,
  /gunicorn/,
  /values[\w.-]*\.ya?ml/,
  /blackbox/i,
  /prober/i,
];

/** Embedded kinds that are YAML or JSON, so that they become Resources of their own. */
export const structured: ReadonlySet<string> = new Set([
  "FlannelNetConf",
  "CNIConfig",
  "EnvoyConf",
  "BlackboxConf",
  "AntreaConf",
  "MongoConf",
  "CloudConfig",
  "HelmValues",
  "Yaml",
]);
