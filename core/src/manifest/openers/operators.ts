import { embeddedKind } from "../embedded.ts";
import type { Field } from "../field.ts";
import { each, type Opener, type Perhaps } from "./opener.ts";

function at(program: string, ...steps: readonly string[]): Opener["open"] {
  return (resource) => [file(program, resource.get(...steps))];
}

function file(program: string, field: Field | undefined): Perhaps {
  return { field, program };
}

/** Operators that take the file of the program they run as a text. */
export const operatorOpeners: readonly Opener[] = [
  {
    // https://www.rabbitmq.com/kubernetes/operator/using-operator#additional-config
    kind: "RabbitmqCluster",
    groups: ["rabbitmq.com"],
    beside: true,
    holds: ["RabbitConf"],
    open: at("RabbitConf", "spec", "rabbitmq", "additionalConfig"),
  },
  {
    // https://docs.percona.com/percona-operator-for-mysql/pxc/operator.html
    kind: "PerconaXtraDBCluster",
    groups: ["pxc.percona.com"],
    beside: true,
    holds: ["MySQLConf", "HAProxyConf"],
    open: (resource) => [
      file("MySQLConf", resource.get("spec", "pxc", "configuration")),
      file("HAProxyConf", resource.get("spec", "haproxy", "configuration")),
    ],
  },
  {
    // https://docs.percona.com/percona-operator-for-mongodb/operator.html
    kind: "PerconaServerMongoDB",
    groups: ["psmdb.percona.com"],
    beside: true,
    holds: ["MongoConf"],
    open: (resource) => each(resource.get("spec", "replsets"), (set) => file("MongoConf", set.get("configuration"))),
  },
  ...["mongodbcommunity.mongodb.com", "mongodb.com"].map(
    (group): Opener => ({
      // https://github.com/mongodb/mongodb-kubernetes/blob/master/docs/mongodbcommunity/deploy-configure.md
      kind: group === "mongodb.com" ? "MongoDB" : "MongoDBCommunity",
      groups: [group],
      beside: true,
      holds: ["MongoConf"],
      open: (resource) => [
        { field: resource.get("spec", "additionalMongodConfig"), as: { apiVersion: "", kind: "MongoConf" } },
      ],
    }),
  ),
  {
    // https://github.com/Altinity/clickhouse-operator/blob/master/docs/custom_resource_explained.md
    kind: "ClickHouseInstallation",
    groups: ["clickhouse.altinity.com"],
    beside: true,
    holds: ["ClickHouseConf"],
    open: (resource) =>
      (resource.get("spec", "configuration", "files")?.entries() ?? []).flatMap(([name, field]) => {
        const program = embeddedKind(name, field.text ?? "");
        return program === "ClickHouseConf" ? [{ field, program }] : [];
      }),
  },
  {
    // https://docs.emqx.com/en/emqx-operator/latest/reference/v2beta1-reference.html
    kind: "EMQX",
    groups: ["apps.emqx.io"],
    beside: true,
    holds: ["EmqxConf"],
    open: at("EmqxConf", "spec", "config", "data"),
  },
  {
    // https://github.com/open-telemetry/opentelemetry-operator/blob/main/docs/api/opentelemetrycollectors.md: a text until v1beta1
    kind: "OpenTelemetryCollector",
    groups: ["opentelemetry.io"],
    beside: true,
    holds: ["Yaml"],
    open: (resource) => {
      const field = resource.get("spec", "config");
      return field?.text === undefined ? [] : [{ field, as: { apiVersion: "", kind: "Yaml" } }];
    },
  },
  {
    // https://github.com/mariadb-operator/mariadb-operator/blob/main/docs/api_reference.md
    kind: "MariaDB",
    groups: ["k8s.mariadb.com"],
    beside: true,
    holds: ["MySQLConf"],
    open: at("MySQLConf", "spec", "myCnf"),
  },
];
