import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("backend-ipv4-only");

const service = `
  apiVersion: v1
  kind: Service
  metadata: {name: web}
  spec:
    selector: {app: web}
    ipFamilies: [IPv6]
    ports: [{port: 80, targetPort: 8080}]
---`;

reports("a flag with its value, behind a wrapper")`${service}
  apiVersion: apps/v1
  kind: Deployment
  spec:
    template:
      metadata: {labels: {app: web, tier: front}}
      spec:
        containers:
          - command: [poetry, run, uvicorn, app:app]
            args: [--host=0.0.0.0, --port=8080]
            #             ^^^^^^^ Service web brings IPv6 clients; uvicorn refuses them on 0.0.0.0, listen on [::]
`;

accepts("Go, which takes both, other pods, another port, and ::")`${service}
  kind: Pod
  metadata: {labels: {app: web}}
  spec: {containers: [{command: [/bin/server, "--listen=0.0.0.0:8080"]}]}
---
  kind: Pod
  metadata: {labels: {app: db}}
  spec: {containers: [{command: [gunicorn, --bind, "0.0.0.0:8080"]}]}
---
  kind: Pod
  metadata: {labels: {app: web}}
  spec: {containers: [{command: [gunicorn, --bind, "0.0.0.0:9090"]}]}
---
  kind: Pod
  metadata: {labels: {app: web}}
  spec: {containers: [{command: [gunicorn, --bind, "[::]:8080"]}]}
`;

accepts("a Service of IPv4")`
  apiVersion: v1
  kind: Service
  metadata: {name: web}
  spec: {selector: {app: web}, ipFamilies: [IPv4], ports: [{port: 8080}]}
---
  kind: Pod
  metadata: {labels: {app: web}}
  spec: {containers: [{command: [gunicorn, --bind, "0.0.0.0:8080"]}]}
`;

const prefer = service.replace("ipFamilies: [IPv6]", "ipFamilyPolicy: PreferDualStack");

reports("a Service that prefers both, where nobody knows the cluster")`${prefer}
  kind: Pod
  metadata: {labels: {app: web}}
  spec:
    containers:
      - command: [gunicorn, --bind, "0.0.0.0:8080"]
        #                            ^^^^^^^^^^^^ Service web brings IPv6 clients; gunicorn refuses them on 0.0.0.0, listen on [::]
`;

accepts("the same on a cluster of IPv4", { cluster: "v4" })`${prefer}
  kind: Pod
  metadata: {labels: {app: web}}
  spec: {containers: [{command: [gunicorn, --bind, "0.0.0.0:8080"]}]}
`;

reports("a variable of an image that listens where it says")`${service}
  kind: Pod
  metadata: {labels: {app: web}}
  spec:
    containers:
      - image: node:22-alpine
        env:
          - {name: HOST, value: 0.0.0.0}
          #                     ^^^^^^^ Service web brings IPv6 clients; node refuses them on 0.0.0.0, listen on [::]
`;

accepts("a variable of Go, of another port, about something else, and beside ::")`${service}
  kind: Pod
  metadata: {labels: {app: web}}
  spec:
    containers:
      - {image: "prom/prometheus:v3", env: [{name: HOST, value: 0.0.0.0}]}
      - {image: "ghcr.io/acme/app:1", env: [{name: HOST, value: 0.0.0.0}]}
      - {image: "node:22", env: [{name: HOST, value: 0.0.0.0}, {name: PORT, value: "9090"}]}
      - {image: "node:22", env: [{name: LISTEN, value: "0.0.0.0:9090"}]}
      - {image: "node:22", env: [{name: MASK, value: 0.0.0.0}]}
      - {image: "node:22", env: [{name: HOST, value: 0.0.0.0}, {name: HOST6, value: "::"}]}
      - {image: "node:22", env: [{name: HOST, value: "::"}]}
    initContainers:
      - {image: "node:22", env: [{name: HOST, value: 0.0.0.0}]}
---
  kind: Pod
  metadata: {labels: {app: web}}
  spec: {containers: [{command: [gunicorn, --bind, "0.0.0.0:8080", --bind, "[::]:8080"]}]}
`;
