import type { Snippet } from "../snippet.ts";

export const snippet: Snippet = {
  title: "Alert on a failing IPv6 probe",
  body: `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: \${1:ipv6}
spec:
  groups:
    - name: ipv6
      rules:
        - alert: IPv6ProbeFailed
          # The blackbox module needs preferred_ip_protocol: ip6 and ip_protocol_fallback: false, else IPv4 answers for it.
          expr: probe_success{job="\${2:blackbox-ipv6}"} == 0 or absent(probe_success{job="\${2:blackbox-ipv6}"})
          for: 5m
          labels:
            severity: warning
          annotations:
            summary: IPv6 probe of {{ \\$labels.instance }} fails
`,
  source: "https://github.com/prometheus/blackbox_exporter/blob/master/CONFIGURATION.md",
};
