import { planSources } from "#core/kinds/cluster-plan.ts";
import type { NamedRule } from "#core/lint/rule.ts";
import { tables } from "#core/literals/address-fields.ts";
import { projectOf } from "#core/literals/projects.ts";
import type { AddressProject } from "#core/literals/table/known-projects.ts";
import { podKinds } from "#core/manifest/resource.ts";
import { wrapperKinds } from "#core/manifest/wrappers.ts";

/** How `classify` calls files, and how people do. */
const names: Readonly<Record<string, string>> = {
  KindCluster: "Cluster",
  K0sCluster: "ClusterConfig",
  K3sConfig: "config.yaml",
  TalosConfig: "machine configuration",
  TalhelperConfig: "talconfig.yaml",
  KubesprayVars: "group_vars",
  RkeConfig: "cluster.yml",
  InstallConfig: "install-config.yaml",
  MicroK8sLaunch: "launch configuration",
  AnsibleInventory: "inventory in YAML",
  Simple: "k3d.yaml",
  ShellScript: "*.sh, *.service, Makefile",
  AnsibleIni: "hosts.ini, inventory.ini",
  HelmValues: "values of the chart",
  "*": "any operator's object",
  AntreaConf: "antrea-agent.conf, antrea-controller.conf",
  CloudConfig: "cloud-init",
  FleetBundle: "fleet.yaml",
  Helmfile: "helmfile.yaml",
  Yaml: "config of a ConfigMap",
  "Cilium ConfigMap": "cilium-config",
  "kube-vip ConfigMap": "kubevip",
  FlannelNetConf: "net-conf.json",
  CNIConfig: "*.conflist, *.conf, NetworkAttachmentDefinition",
  CalicoNetworkPolicy: "NetworkPolicy",
  AntreaNetworkPolicy: "NetworkPolicy",
};

/** Which fields hold addresses, what is opened, whose plans and whose own files are known: a project that is in none of it is not judged. */
export function whatIsRead(rules: readonly NamedRule[]): string {
  return [
    "What is in none of these tables is not judged, but for what rules look at in any document: arguments, environment and URLs of pods.",
    "## Fields that hold addresses",
    "A version is a commit of the project's repository, or its release: in its schemas every field was found, but for kinds and fields that only versions before it have. Where none stands nobody wrote down which one was read.",
    table(["project", "version looked at", "file or kind", "fields"], fieldRows()),
    "## What is opened, and judged as if it stood alone",
    table(
      ["kind", "group", "holds"],
      wrapperKinds().map(({ kind, groups, holds }) => [
        named(kind),
        groups.filter(Boolean).join(", "),
        holds.length > 0 ? holds.map(named).join(", ") : "patches",
      ]),
    ),
    "## Address plans of installers",
    table(
      ["installer", "file or kind", "source"],
      planSources.map(([kind, installer, source]) => [installer, named(kind), `<${source}>`]),
    ),
    "## Programs' own files, also in ConfigMaps and in values under such a name",
    table(["file", "rules"], programRows(rules)),
  ].join("\n\n");
}

function fieldRows(): string[][] {
  const rows = new Map<AddressProject, Map<string, Set<string>>>();
  for (const path of tables)
    for (const kind of path.kinds) {
      const by = projectOf(path, kind);
      const own = rows.get(by) ?? new Map<string, Set<string>>();
      const isOfPods = podKinds.includes(kind) && path.path.startsWith("pod.");
      const at = isOfPods ? "Pods and what makes them" : (names[`${by.project} ${kind}`] ?? named(kind));
      const key = path.key ? ` ${path.key.source}` : "";
      own.set(at, (own.get(at) ?? new Set()).add(path.path.replace(/^pod\./, "spec.") + key));
      rows.set(by, own);
    }
  return [...rows]
    .sort(([a], [b]) => a.project.localeCompare(b.project))
    .flatMap(([{ project, source, version = "" }, kinds]) =>
      [...kinds].map(([kind, paths]) => [
        `[${project}](${source})`,
        version,
        kind,
        [...paths].map((path) => `\`${path.replaceAll("|", "\\|")}\``).join(" "),
      ]),
    );
}

const files: Readonly<Record<string, string>> = {
  Corefile: "Corefile of CoreDNS",
  NginxConf: "nginx",
  HAProxyConf: "HAProxy",
  ApacheConf: "Apache httpd",
  PgHba: "pg_hba.conf of PostgreSQL",
  PostgresConf: "postgresql.conf",
  MySQLConf: "*.cnf of MySQL and MariaDB",
  RedisConf: "redis.conf, valkey.conf, sentinel.conf",
  UnboundConf: "unbound.conf",
  FluentBitConf: "fluent-bit.conf",
  ClickHouseConf: "*.xml of ClickHouse",
  MongoConf: "mongod.conf",
  RabbitConf: "rabbitmq.conf",
  MosquittoConf: "mosquitto.conf",
  FluentdConf: "*.conf of Fluentd",
  SupervisorConf: "supervisord.conf",
  HclConf: "*.hcl of Vault and Consul",
  EnvoyConf: "Envoy",
  BlackboxConf: "blackbox exporter",
  FlannelNetConf: "net-conf.json of flannel",
  CNIConfig: "*.conflist and *.conf of CNI",
};

function programRows(rules: readonly NamedRule[]): string[][] {
  return Object.entries(files).map(([kind, name]) => {
    const own = rules.filter(({ rule }) => rule.kinds.includes(kind));
    return [name, own.map(({ id }) => `[${id}](rules/${id}.md)`).join(", ")];
  });
}

function named(kind: string): string {
  return names[kind] ?? kind;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n")
    .replaceAll("| --- ", "|---")
    .replaceAll("|--- |", "|---|");
}
