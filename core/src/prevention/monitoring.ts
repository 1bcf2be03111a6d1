import type { Family } from "../addresses/address.ts";
import { type AlertRule, alertsOf } from "./alerts.ts";
import { modulesFile, probesOf } from "./blackbox.ts";
import { type FileHead, generatedFile } from "./generated-file.ts";
import type { Basis, GeneratedFile, WantedTests } from "./model.ts";
import { testPods } from "./names.ts";

/** blackbox_exporter's modules, and what Prometheus does with them: as objects of its operator, or as files. */
export function monitoringFiles(basis: Basis, wanted: WantedTests): readonly GeneratedFile[] {
  const groups = [{ name: testPods, rules: alertsOf(basis.families, wanted) }];
  const modules = modulesFile(basis);
  return wanted.monitoring === "operator"
    ? [...operatorFiles(basis, wanted, groups), modules]
    : [modules, scrapeFile(basis, wanted), rulesFile(basis, groups)];
}

interface Group {
  readonly name: string;
  readonly rules: readonly AlertRule[];
}

const heads = {
  probes: (families: readonly Family[], { exporter }: WantedTests): Pick<FileHead, "does" | "sends"> => ({
    does: [
      `Asks blackbox_exporter at ${exporter.at} to reach the test Service over ${families.join(" and over ")}, each in a job of its own.`,
    ],
    sends:
      "through the exporter an HTTP request to the test Service every 30 s a family, and connections to what --outside named.",
  }),
  rules: (families: readonly Family[]): Pick<FileHead, "does" | "sends"> => ({
    does: [
      `Alerts for ${families.join(" and ")}: that a probe fails, that nothing is probed, that the other family answered, that no test has succeeded, that a node is not ready for the family.`,
      "Those on CronJobs and DaemonSets need kube-state-metrics.",
    ],
    sends: "nothing.",
  }),
};

function operatorFiles({ families }: Basis, wanted: WantedTests, groups: readonly Group[]): readonly GeneratedFile[] {
  const { namespace, exporter } = wanted;
  const labels = { "app.kubernetes.io/name": testPods };
  const probes = families.flatMap((family) =>
    probesOf(family, wanted).map(({ name, module, targets }) => ({
      apiVersion: "monitoring.coreos.com/v1",
      kind: "Probe",
      metadata: { name, namespace, labels },
      spec: {
        jobName: name,
        interval: "30s",
        module,
        prober: { url: exporter.at },
        targets: { staticConfig: { static: targets, labels: { family } } },
      },
    })),
  );
  const rule = {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name: testPods, namespace, labels },
    spec: { groups },
  };
  const { does, sends } = heads.probes(families, wanted);
  const use =
    "see that your Prometheus selects them (probeSelector, ruleSelector: often a label such as release), then kubectl apply -f";
  return [
    generatedFile(
      "manifests/6-probes.yaml",
      { does, sends, use: `${use} manifests/6-probes.yaml`, remove: "kubectl delete -f manifests/6-probes.yaml" },
      probes,
    ),
    generatedFile(
      "manifests/7-alerts.yaml",
      {
        ...heads.rules(families),
        use: `${use} manifests/7-alerts.yaml`,
        remove: "kubectl delete -f manifests/7-alerts.yaml",
      },
      [rule],
    ),
  ];
}

/** https://github.com/prometheus/blackbox_exporter#prometheus-configuration */
function scrapeFile({ families }: Basis, wanted: WantedTests): GeneratedFile {
  const jobs = families.flatMap((family) =>
    probesOf(family, wanted).map(({ name, module, targets }) => ({
      job_name: name,
      scrape_interval: "30s",
      metrics_path: "/probe",
      params: { module: [module] },
      static_configs: [{ targets, labels: { family } }],
      relabel_configs: [
        { source_labels: ["__address__"], target_label: "__param_target" },
        { source_labels: ["__param_target"], target_label: "instance" },
        { target_label: "__address__", replacement: wanted.exporter.at },
      ],
    })),
  );
  return generatedFile(
    "monitoring/scrape.yml",
    {
      ...heads.probes(families, wanted),
      use: "put the jobs into scrape_configs of prometheus.yml; promtool check config takes this file as it is.",
      remove: "take them out again.",
    },
    [{ scrape_configs: jobs }],
  );
}

function rulesFile({ families }: Basis, groups: readonly Group[]): GeneratedFile {
  return generatedFile(
    "monitoring/rules.yml",
    {
      ...heads.rules(families),
      use: "name the file in rule_files of prometheus.yml; promtool check rules takes it as it is.",
      remove: "take it out again.",
    },
    [{ groups }],
  );
}
