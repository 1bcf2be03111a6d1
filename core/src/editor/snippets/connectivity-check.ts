import type { Snippet } from "../snippet.ts";

export const snippet: Snippet = {
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
};
