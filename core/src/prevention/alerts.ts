import { type Family, otherFamily } from "../addresses/address.ts";
import { probesOf } from "./blackbox.ts";
import type { WantedTests } from "./model.ts";
import { nodeCheck, nodeNamespace, testOf } from "./names.ts";

/** https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/ */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Of each family on its own: a family that is silent is no family that works. */
export function alertsOf(families: readonly Family[], wanted: WantedTests): readonly AlertRule[] {
  const { parts, namespace } = wanted;
  return [
    ...families.flatMap((family) => [
      ...probesOf(family, wanted).flatMap(({ name }) => probeAlerts(family, name)),
      ...(parts.includes("tests") ? [testAlert(family, namespace)] : []),
    ]),
    ...(parts.includes("nodes") ? nodeAlerts(families) : []),
  ];
}

function probeAlerts(family: Family, job: string): AlertRule[] {
  const other = otherFamily(family);
  const of = `{job="${job}"}`;
  const where = job === testOf(family) ? "" : "Outside";
  return [
    rule(`${family}${where}ProbeFails`, `probe_success${of} == 0`, "5m", family, {
      summary: `{{ $labels.instance }} is not reached over ${family}`,
      description: `blackbox_exporter has not reached it over ${family} for 5 minutes; whether ${other} works says nothing of it.`,
    }),
    // An empty answer would leave the alert above silent.
    rule(`${family}${where}ProbeMissing`, `absent(probe_success${of})`, "15m", family, {
      summary: `Nothing is probed over ${family}`,
      description: `There is no probe_success of the job ${job}: the exporter, the job or its target is not there.`,
    }),
    rule(
      `${family}${where}ProbedOver${other}`,
      `probe_ip_protocol${of} == ${family === "IPv6" ? 4 : 6}`,
      "5m",
      family,
      {
        summary: `{{ $labels.instance }} was probed over ${other}, and is meant to be over ${family}`,
        description: "The module in the exporter has no ip_protocol_fallback: false, or another preferred_ip_protocol.",
      },
    ),
  ];
}

/** https://github.com/kubernetes/kube-state-metrics/blob/main/docs/metrics/workload/cronjob-metrics.md */
function testAlert(family: Family, namespace: string): AlertRule {
  const last = `kube_cronjob_status_last_successful_time{namespace="${namespace}", cronjob="${testOf(family)}"}`;
  return rule(`${family}TestHasNotSucceeded`, `time() - ${last} > 900 or absent(${last})`, "5m", family, {
    summary: `No ${family} test of the pod network has succeeded for 15 minutes`,
    description: `It fails, could not be run, or kube-state-metrics does not tell: kubectl -n ${namespace} get jobs, and the log of the newest of ${testOf(family)}.`,
  });
}

/** https://github.com/kubernetes/kube-state-metrics/blob/main/docs/metrics/workload/daemonset-metrics.md */
function nodeAlerts(families: readonly Family[]): AlertRule[] {
  const of = `{namespace="${nodeNamespace}", daemonset="${nodeCheck}"}`;
  const expr = `kube_daemonset_status_number_unavailable${of} > 0 or absent(kube_daemonset_status_number_unavailable${of})`;
  return [
    rule("NodeNotReadyForItsFamilies", expr, "10m", families.join("-"), {
      summary: `A node is not ready for ${families.join(" and ")}, or nobody looks`,
      description: `kubectl -n ${nodeNamespace} get pods -o wide shows which: its pod is not ready, and its log says why.`,
    }),
  ];
}

function rule(
  alert: string,
  expr: string,
  patience: string,
  family: string,
  annotations: AlertRule["annotations"],
): AlertRule {
  return { alert, expr, for: patience, labels: { severity: "warning", family }, annotations };
}
