import { embeddedKind } from "./embedded.ts";
import type { Field } from "./field.ts";
import type { Node } from "./node.ts";

/** Names that a chart's values give to texts which become files of programs. */
const named =
  /\.(?:conf(?:\.template)?|cfg|cnf|hcl|xml|conflist|ini|toml)$|^gunicorn[\w.-]*\.py$|^Corefile|^(?:http|server|main|stream)-snippet$|^(?:stream)?serverBlocks?$|^pgHbaConfiguration$|^extendedConf(?:iguration)?$|\.(?:override|server)$|^(?:envoy|blackbox|mongod?b?)\.(?:ya?ml|json)$/i;

/** What a text holds that has such a file, or one that {@link kindByContent} knows. */
export const holdsNamedFile =
  /minikube start |kubeadm init |^[ \t]*(?:servers|extraZonePlugins):[ \t]*$|^[ \t]+(?:bind (?:[*:]|0\.0\.0\.0)|\[SERVICE\]|(?:listeners|management)\.(?:tcp|ssl)\.|listen_addresses|host(?:ssl)? .*0\.0\.0\.0\/0|server ?\{|<listen_host>|(?:network|http|transport)\.(?:\w+_)?host:|network:[ \t]*$|net:[ \t]*$|net\.bindIp|listener "tcp")|^[ \t]*["']?(?:[\w.-]+\.(?:conf(?:\.template)?|cfg|cnf|hcl|xml|conflist|ini|toml)|gunicorn[\w.-]*\.py|Corefile[\w.]*|(?:http|server|main|stream)-snippet|(?:stream)?serverBlocks?|pgHbaConfiguration|extendedConf(?:iguration)?|[\w.-]+\.(?:override|server)|(?:envoy|blackbox|mongod?b?)\.(?:ya?ml|json))["']?:[ \t]*[|>]/im;

/** Texts of several lines in a chart's values that programs read as files, and the kind of each. */
export function filesIn(values: Field): readonly { readonly field: Field; readonly kind: string }[] {
  return pathsIn(values.node, [], new Set()).flatMap((steps) => {
    const field = values.get(...steps);
    const key = String(steps.at(-1));
    const text = field?.text;
    const named = text === undefined ? undefined : embeddedKind(key, text);
    const kind = named === undefined || named === "Yaml" ? kindByContent(text ?? "") : named;
    return field && kind !== undefined ? [{ field, kind }] : [];
  });
}

/** Files under names of the chart's own: what they hold says what reads them. */
function kindByContent(text: string): string | undefined {
  return contents.find(([, ...words]) => words.every((word) => word.test(text)))?.[0];
}

const contents: readonly (readonly [kind: string, ...words: readonly RegExp[]])[] = [
  ["HAProxyConf", /^(?:frontend|listen) \S+[ \t]*$/m, /^[ \t]+bind \S/m],
  ["RedisConf", /^bind \S/m, /^(?:appendonly|protected-mode|maxmemory|save|requirepass|tcp-keepalive|port|dir) /m],
  ["FluentBitConf", /^[ \t]*\[SERVICE\][ \t]*$/m],
  ["RabbitConf", /^(?:listeners|management)\.(?:tcp|ssl)\.\w+\s*=/m],
  ["PostgresConf", /^listen_addresses\s*=/m],
  [
    "PgHba",
    /^[ \t]*(?:local|host(?:ssl|nossl)?)[ \t]+\S+[ \t]+\S+[ \t]+\S+/m,
    /^[ \t]*host(?:ssl|nossl)?[ \t]+\S+[ \t]+\S+[ \t]+[\d.]+\/\d+[ \t]+\w/m,
  ],
  ["NginxConf", /^[ \t]*server\s*\{/m, /^[ \t]*listen[ \t]+[^\s;][^;\n]*;/m],
  ["ClickHouseConf", /<listen_host>/],
  // Of Vault and OpenBao, whose charts take it as a text.
  ["HclConf", /^[ \t]*listener[ \t]+"tcp"[ \t]*\{/m],
  ["MongoConf", /^(?:net:|net\.)/m, /\bbindIp(?:All)?:/],
  // Of Elasticsearch and OpenSearch, whose chart has them under the names of the files.
  ["Yaml", /^(?:network|http|transport)[.:]/m, /\b(?:(?:bind|publish)_)?host:/],
];

/** Looks at nodes, since most values hold nothing of the kind; each once, however many aliases lead to it. */
function pathsIn(
  node: Node,
  above: readonly (string | number)[],
  seen: Set<Node>,
): readonly (readonly (string | number)[])[] {
  if (above.length > deepest || node.kind === "scalar" || seen.has(node)) return [];
  seen.add(node);
  if (node.kind === "seq") return node.items.flatMap((item, index) => pathsIn(item, [...above, index], seen));
  return node.pairs.flatMap(({ key, value }) => {
    const steps = [...above, key.text];
    if (value.kind !== "scalar") return pathsIn(value, steps, seen);
    const isBlock = value.style === "literal" || value.style === "folded";
    return isBlock && (named.test(key.text) || kindByContent(value.text) !== undefined) ? [steps] : [];
  });
}

const deepest = 16;
