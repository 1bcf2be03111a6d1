/** Programs and images by what they make of a socket on 0.0.0.0: see `runtime.ts`. */

/** Programs that open an IPv4 socket for 0.0.0.0. */
export const ipv4Programs = new Set([
  ...["gunicorn", "uvicorn", "hypercorn", "daphne", "flask", "waitress-serve", "python", "python3", "jupyter"],
  ...["node", "next", "vite", "ng", "nodemon", "redis-server", "valkey-server", "mongod", "mongos", "memcached"],
  ...["postgres", "mysqld", "mariadbd", "haproxy", "nginx", "php", "puma", "rails", "rackup", "unicorn", "socat"],
]);

/** Programs that run another one: what they run comes as their argument. */
export const wrappers = new Set([
  ...["npx", "npm", "yarn", "pnpm", "bundle", "exec", "poetry", "run", "pipenv", "uv", "tini", "dumb-init", "--"],
]);

/** Official images, by the last part of their name. */
export const ipv4Images = new Set([
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

/** Images of Go and Java programs. */
export const imagesOfBoth = new RegExp(
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
      "clickhouse-backup",
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

export const programsOfBoth =
  /^(?:java|prometheus|etcd|kube-[a-z-]+|kubelet|traefik|caddy|minio|vault|consul|coredns|grafana(?:-server)?|dex)$/;

/** See isGoFlag in `runtime.ts`. */
export const goFlags =
  /(?:^|\s)--?(?:web\.listen-address|web\.telemetry-path|metrics-bind-address|health-probe-bind-address|metrics-addr|probe-addr|leader-elect|secure-listen-address|zap-[a-z-]+)(?:[=\s]|$)/;
