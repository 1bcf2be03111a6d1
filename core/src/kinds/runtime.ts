import type { Field } from "../manifest/field.ts";
import { commandWordsOf, onceOf } from "./containers.ts";
import type { GivenText } from "./given-texts.ts";

/**
 * What a program makes of a socket on 0.0.0.0. "ipv4": an IPv4 socket, as C, Python and Node.js open it. "both": Go and Java
 * take it for the unspecified address and open one socket for both families.
 * {@link https://pkg.go.dev/net#Listen} {@link https://docs.oracle.com/javase/8/docs/technotes/guides/net/ipv6_guide/}
 */
export type Runtime = "ipv4" | "both" | "unknown";

/** Programs that open an IPv4 socket for 0.0.0.0. */
const ipv4Programs = new Set([
  ...["gunicorn", "uvicorn", "hypercorn", "daphne", "flask", "waitress-serve", "python", "python3", "jupyter"],
  ...["node", "next", "vite", "ng", "nodemon", "redis-server", "valkey-server", "mongod", "mongos", "memcached"],
  ...["postgres", "mysqld", "mariadbd", "haproxy", "nginx", "php", "puma", "rails", "rackup", "unicorn", "socat"],
]);

/** Programs that run another one: what they run comes as their argument. */
const wrappers = new Set([
  ...["npx", "npm", "yarn", "pnpm", "bundle", "exec", "poetry", "run", "pipenv", "uv", "tini", "dumb-init", "--"],
]);

/** Official images, by the last part of their name. */
const ipv4Images = new Set([
  ...[
    "python",
    "node",
    "nginx",
    "nginx-unprivileged",
    "haproxy",
    "redis",
    "valkey",
    "mongo",
    "memcached",
    "php",
    "ruby",
  ],
  ...["httpd", "mysql", "mariadb", "postgres"],
]);

/** The name of the program a container runs, if it is one of those above; undefined if its image decides. */
export function ipv4Program(items: readonly Field[]): string | undefined {
  const first = items.find(({ text = "" }) => !wrappers.has(bareName(text)));
  const name = first && bareName(first.text ?? "");
  return name !== undefined && ipv4Programs.has(name) ? name : undefined;
}

/** "python3.13" is python3. */
function bareName(path: string): string {
  return nameOf(path).replace(/(?<=python\d?)\.\d+$/, "");
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** By the command, or without one by the image; what is not surely known is "unknown". */
export function runtimeOf(container: Field): Runtime {
  return onceOf(container, runtimeOf, () => judge(container));
}

function judge(container: Field): Runtime {
  if (isGoFlag(container)) return "both";
  const command = container.get("command")?.items() ?? [];
  const items = commandWordsOf(container);
  const program = nameOf(command[0]?.text ?? "");
  const shell = /^(?:ba|da|a|z)?sh$/.test(nameOf(items[0]?.text ?? ""));
  if (ipv4Program(items) || (shell && items.some(runsIPv4Program))) return "ipv4";
  const image = imageName(container);
  if (both.test(image) || bothPrograms.test(program)) return "both";
  // A shell or another program in a Python image need not be Python.
  return ipv4Images.has(image) && command.length === 0 ? "ipv4" : "unknown";
}

/**
 * Flags that the libraries of Go programs name alike: Prometheus' exporter toolkit, controller-runtime, and the API machinery of Kubernetes.
 * {@link https://github.com/prometheus/exporter-toolkit} {@link https://github.com/kubernetes-sigs/controller-runtime}
 */
function isGoFlag(container: Field): boolean {
  return commandWordsOf(container).some(({ text = "" }) => goFlags.test(text));
}

const goFlags =
  /(?:^|\s)--?(?:web\.listen-address|web\.telemetry-path|metrics-bind-address|health-probe-bind-address|metrics-addr|probe-addr|leader-elect|secure-listen-address|zap-[a-z-]+)(?:[=\s]|$)/;

/**
 * What a database takes for every address of both families, in the place of the 0.0.0.0 that stands at `start`; undefined where none
 * is told to listen.
 */
export function databaseWord({ text, container, variable }: GivenText, start: number): "*" | "::" | undefined {
  const before = text.slice(0, start);
  if (/listen[_-]addresses=$/.test(before)) return "*";
  if (/\b(?:mysqld|mariadbd)\b.*--bind[_-]address=$/.test(before)) return "::";
  return variable === undefined ? databaseWords.find(([name]) => name.test(databaseName(container)))?.[1] : undefined;
}

const databaseWords = [
  [/^postgres(?:ql)?$/, "*"],
  [/^(?:mysqld?|mariadbd?)$/, "::"],
] as const;

/** By the command, or without one by the image. */
function databaseName(container: Field): string {
  return onceOf(container, databaseName, () => {
    const command = container.get("command")?.items() ?? [];
    return ipv4Program(commandWordsOf(container)) ?? (command.length === 0 ? imageName(container) : "");
  });
}

/** Without registry, tag and digest. */
export function imageName(container: Field): string {
  return nameOf((container.get("image")?.text ?? "").replace(/@.*$/, "").replace(/:[^/:]*$/, ""));
}

/** A script of a shell, one of whose commands is such a program. */
function runsIPv4Program({ text = "" }: Field): boolean {
  return text.split(/[;&|\n]+/).some((command) => {
    const words = command
      .trim()
      .split(/\s+/)
      .filter((word) => !/^\w+=/.test(word) && !wrappers.has(word));
    return ipv4Programs.has(bareName(words[0] ?? ""));
  });
}

/** Images of Go and Java programs. */
const both = new RegExp(
  `^(?:${[
    ...[
      "golang",
      "prometheus",
      "alertmanager",
      "pushgateway",
      "thanos",
      "grafana",
      "loki",
      "tempo",
      "mimir",
      "promtail",
    ],
    ...["traefik", "caddy", "etcd", "coredns", "minio", "vault", "consul", "nats", "cockroach", "influxdb", "telegraf"],
    ...["kube-.*", "node-exporter", ".*[-_]exporter", "prometheus-.*", "agnhost", "metrics-server", "cert-manager.*"],
    ...[
      "argocd",
      "dex",
      "oauth2-proxy",
      "jaeger.*",
      "otel.*",
      "opentelemetry-.*",
      "operator",
      ".*-operator",
      "registry",
    ],
    ...[".*-controller", "speaker", "controller", "cloud-controller.*", "k3s", "rke2.*", "external-dns", "velero"],
    ...["openjdk", "eclipse-temurin", "amazoncorretto", "jdk.*", "jre.*", "java.*", "tomcat", "jetty", "jenkins"],
    ...["elasticsearch", "opensearch", "logstash", "kafka", "cp-kafka", "zookeeper", "cassandra", "keycloak", "solr"],
    // By name in public repositories where a hint would be wrong; each is written in Go or Java.
    ...[
      "contour",
      "goldpinger",
      "console",
      "mc",
      "cloud-?sql-proxy",
      "gce-proxy",
      "wildfly.*",
      "wait-for.*",
      "logstash.*",
    ],
    ...["pomerium", "cilium.*", "hubble-.*", "flannel", "rclone", "gitea", "forgejo", "gogs", "harbor-.*", "syncthing"],
    ...[
      "nats-streaming",
      "victoria-metrics",
      "vmagent",
      "vmalert",
      "vmauth",
      "vminsert",
      "vmselect",
      "vmstorage",
      "vlogs",
    ],
    ...[
      "karma",
      "blackbox",
      "statsd-exporter",
      "snmp-.*",
      "kiali",
      "pilot",
      "istiod",
      "linkerd-.*",
      "gatekeeper",
      "kyverno.*",
    ],
    ...[
      "filebeat",
      "metricbeat",
      "heartbeat",
      "apm-server",
      "fleet-server",
      "elastic-agent",
      "kibana-proxy",
      "sealed-secrets.*",
    ],
    ...[
      "zipkin.*",
      "nexus3",
      "artifactory.*",
      "payara.*",
      "open-liberty",
      "websphere-liberty",
      "quarkus.*",
      "spring-.*",
      "wiremock",
    ],
    ...[
      "trino",
      "presto.*",
      "druid",
      "pulsar.*",
      "hbase.*",
      "zeppelin",
      "graylog",
      "kafka-ui",
      "schema-registry",
      "cp-.*",
    ],
    ...["neo4j", "nifi", "spark", "flink", "hadoop.*", "hive", "activemq.*", "sonarqube", "maven", "gradle"],
  ].join("|")})$`,
);

const bothPrograms =
  /^(?:java|prometheus|etcd|kube-[a-z-]+|kubelet|traefik|caddy|minio|vault|consul|coredns|grafana(?:-server)?|dex)$/;
