/** Manifests to start from: each is right for a dual-stack cluster, which a test holds against every rule. */
export interface Snippet {
  /** What the command and the completion are called. */
  readonly title: string;
  readonly id: string;
  /** `\${1:name}` are the places to fill in, as editors spell them. `{{ula}}` becomes a random ULA /48. */
  readonly body: string;
  readonly source: string;
}

export const snippets: readonly Snippet[] = [
  {
    id: "service",
    title: "Dual-stack Service",
    body: `apiVersion: v1
kind: Service
metadata:
  name: \${1:web}
spec:
  ipFamilyPolicy: PreferDualStack
  selector:
    app: \${2:web}
  ports:
    - name: http
      port: 80
      targetPort: \${3:8080}
`,
    source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/",
  },
  {
    id: "network-policy",
    title: "NetworkPolicy that names both families",
    body: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: \${1:web}
spec:
  podSelector:
    matchLabels:
      app: \${2:web}
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - podSelector: {}
  egress:
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
          podSelector:
            matchLabels:
              k8s-app: kube-dns
      ports:
        - {protocol: UDP, port: 53}
        - {protocol: TCP, port: 53}
    - to:
        - ipBlock: {cidr: 0.0.0.0/0}
        - ipBlock: {cidr: "::/0"}
`,
    source: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
  },
  {
    id: "calico-pool",
    title: "Calico IPv6 pool",
    body: `apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: \${1:ipv6-pool}
spec:
  cidr: {{ula}}
  blockSize: 122
  ipipMode: Never
  vxlanMode: \${2:CrossSubnet}
  natOutgoing: true
  nodeSelector: all()
`,
    source: "https://docs.tigera.io/calico/latest/reference/resources/ippool",
  },
  {
    id: "connectivity-check",
    title: "CronJob that checks a name over both families",
    body: `apiVersion: batch/v1
kind: CronJob
metadata:
  name: \${1:ipv6-connectivity}
spec:
  schedule: "*/5 * * * *"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      backoffLimit: 0
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: check
              image: \${2:curlimages/curl:8.11.1}
              command: [/bin/sh, -c]
              args:
                - |
                  curl --fail --silent --show-error --max-time 10 -o /dev/null --ipv6 "\\$URL" || { echo "IPv6 failed"; exit 1; }
                  echo "IPv6 connected"
              env:
                - name: URL
                  value: \${3:http://web.default.svc.cluster.local/}
`,
    source: "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/",
  },
  {
    id: "preflight",
    title: "DaemonSet that checks the nodes' IPv6 settings before use",
    body: `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: \${1:ipv6-preflight}
  labels:
    app: ipv6-preflight
spec:
  selector:
    matchLabels:
      app: ipv6-preflight
  template:
    metadata:
      labels:
        app: ipv6-preflight
    spec:
      hostNetwork: true
      containers:
        - name: check
          image: \${2:busybox:1.37}
          command: [/bin/sh, -c]
          args:
            - |
              [ -e /proc/net/if_inet6 ] || { echo "the kernel runs without IPv6"; exit 1; }
              [ "\\$(cat /proc/sys/net/ipv6/conf/all/forwarding)" = 1 ] || { echo "IPv6 forwarding is off"; exit 1; }
              grep -q '^00000000000000000000000000000000 00 .* 0[0-9a-f]*3 ' /proc/net/ipv6_route || echo "no IPv6 default route"
              echo "IPv6 settings are in order"
              exec sleep 2147483647
          securityContext:
            allowPrivilegeEscalation: false
            capabilities:
              drop: [ALL]
`,
    source: "https://docs.kernel.org/networking/ip-sysctl.html",
  },
  {
    id: "alert",
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
  },
  {
    id: "address-plan",
    title: "Address plan with a random ULA prefix",
    body: `addressing:
  site: {{ula}}
  pods: {{ula:0:/56}}
  services: {{ula:100:/112}}
  load_balancers: {{ula:200:/112}}
`,
    source: "https://www.rfc-editor.org/rfc/rfc4193",
  },
];
