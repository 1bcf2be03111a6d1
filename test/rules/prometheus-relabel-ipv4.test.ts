import assert from "node:assert/strict";
import { test } from "node:test";
import { Interest } from "#core/lint/relevance.ts";
import { rules } from "#core/rules/index.ts";
import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("prometheus-relabel-ipv4");

reports("a PodMonitor, values of a chart, an address without brackets")`
  apiVersion: monitoring.coreos.com/v1
  kind: PodMonitor
  metadata: {name: a}
  spec:
    podMetricsEndpoints:
      - relabelings:
          - sourceLabels: [__address__, __meta_kubernetes_pod_annotation_prometheus_io_port]
            targetLabel: __address__
            regex: ([^:]+)(:\d+)?;(\d+)
            #      ^^^^^^^^^^^^^^^^^^^^^ 💡 [^:]+ matches no IPv6 address, so the port is ignored for IPv6 pods; write .+? in its place
            replacement: $1:$3
  ---
  serverFiles:
    prometheus.yml:
      scrape_configs:
        - relabel_configs:
            - source_labels: [__meta_kubernetes_pod_ip]
              target_label: __address__
              replacement: \${1}:9100
              #            ^^^^^^^^^ an IPv6 address needs brackets before a port: keep __address__, or match IPv4 and IPv6 apart
`;

accepts("recipes that take both, other labels, and a name made of an address")`
  serverFiles:
    prometheus.yml:
      scrape_configs:
        - relabel_configs:
            - source_labels: [__address__, __meta_kubernetes_pod_annotation_prometheus_io_port]
              target_label: __address__
              regex: (.+?)(?::\d+)?;(\d+)
              replacement: $1:$2
            - source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_port, __meta_kubernetes_pod_ip]
              regex: (\d+);(([A-Fa-f0-9]{1,4}::?){1,7}[A-Fa-f0-9]{1,4})
              replacement: '[$2]:$1'
              target_label: __address__
            - source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_port, __meta_kubernetes_pod_ip]
              regex: (\d+);((([0-9]+?)(\.|$)){4})
              replacement: $2:$1
              target_label: __address__
            - source_labels: [__meta_kubernetes_pod_ip]
              target_label: ip
              replacement: $1:9100
            - source_labels: [image]
              regex: ([^:]+)(?::\d+)?;(\d+)
              target_label: image
`;

test("monitors that relabel no address, as most do, are not parsed for it", () => {
  const monitor = (label: string) => `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
spec:
  endpoints:
    - relabelings:
        - {sourceLabels: [__meta_kubernetes_pod_node_name], targetLabel: ${label}}
`;
  const interest = new Interest(rules);
  assert.equal(interest.glance(monitor("instance")).ofInterest, false);
  assert.equal(interest.glance(monitor("__address__")).ofInterest, true);
});

reports("a rule of Alloy, in a ConfigMap and in values")`
  kind: ConfigMap
  data:
    config.alloy: |
      discovery.relabel "kube_proxy" {
        rule {
          source_labels = ["__meta_kubernetes_pod_ip"]
          replacement = "$1:10249"
          #              ^^^^^^^^ an IPv6 address needs brackets before a port: keep __address__, or match IPv4 and IPv6 apart
          target_label = "__address__"
        }
      }
`;

accepts("a rule of Alloy that parts the families")`
  kind: ConfigMap
  data:
    config.alloy: |
      rule {
        source_labels = ["__meta_kubernetes_pod_ip"]
        regex = "(.*:.*)"
        replacement = "[$1]:10249"
        target_label = "__address__"
      }
`;

reports("two sources that a colon joins, and a regex of dots alone")`
  apiVersion: monitoring.coreos.com/v1alpha1
  kind: ScrapeConfig
  metadata: {name: a}
  spec:
    relabelings:
      - sourceLabels: [__meta_kubernetes_pod_ip, __meta_kubernetes_pod_annotation_prometheus_io_port]
        separator: ":"
        #          ^^^ an IPv6 address needs brackets before a port: keep __address__, or match IPv4 and IPv6 apart
        targetLabel: __address__
      - sourceLabels: [__meta_kubernetes_pod_annotation_prometheus_io_port, __meta_kubernetes_pod_ip]
        regex: '(\d+);((([0-9]+?)(\.|$)){4})'
        #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ matches IPv4 addresses only, so the port is ignored for IPv6 pods: add a rule for them
        replacement: $2:$1
        targetLabel: __address__
`;

reports("a Secret of scrape configurations, and Alloy's strings")`
  apiVersion: v1
  kind: Secret
  metadata: {name: additional}
  stringData:
    more.yaml: |
      - job_name: pods
        relabel_configs:
        - source_labels: [__address__, __meta_kubernetes_pod_annotation_prometheus_io_port]
          action: replace
          regex: ([^:]+)(?::\d+)?;(\d+)
          #      ^^^^^^^ [^:]+ matches no IPv6 address, so the port is ignored for IPv6 pods; write .+? in its place
          replacement: $1:$2
          target_label: __address__
`;

accepts("a rule for each family, as the chart of Prometheus has them")`
  relabel_configs:
    - source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_port, __meta_kubernetes_pod_ip]
      regex: (\d+);(([A-Fa-f0-9]{1,4}::?){1,7}[A-Fa-f0-9]{1,4})
      replacement: '[$2]:$1'
      target_label: __address__
    - source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_port, __meta_kubernetes_pod_ip]
      regex: (\d+);((([0-9]+?)(\.|$)){4})
      replacement: $2:$1
      target_label: __address__
`;

reports("the configuration of a collector, as a text of its operator's object", { cluster: "v6" })`
  apiVersion: opentelemetry.io/v1alpha1
  kind: OpenTelemetryCollector
  spec:
    config: |
      receivers:
        prometheus:
          config:
            scrape_configs:
              - job_name: pods
                kubernetes_sd_configs: [{role: pod}]
                relabel_configs:
                  - source_labels: [__address__, __meta_kubernetes_pod_annotation_prometheus_io_port]
                    regex: ([^:]+)(?::\d+)?;(\d+)
                    #      ^^^^^^^^^^^^^^^^^^^^^^^ 💡 [^:]+ matches no IPv6 address, so the port is ignored for IPv6 pods; write .+? in its place
                    replacement: $$1:$$2
                    target_label: __address__
`;
