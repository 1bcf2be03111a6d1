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

const nginx = (mount: string, volume = "configMap: {name: web}") => `
  apiVersion: apps/v1
  kind: Deployment
  spec:
    template:
      metadata: {labels: {app: web}}
      spec:
        volumes: [{name: conf, ${volume}}]
        containers:
          - image: nginx:1.29
            volumeMounts:
              - {name: conf, ${mount}}`;

const conf = (lines: string, key = "default.conf") => `
---
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: web}
  data:
    ${key}: |
      ${lines}
`;

reports("an nginx that is configured for IPv4 alone")`${service}${nginx("mountPath: /etc/nginx/conf.d")}
              #                         ^^^^^^^^^^^^^^^^^ Service web brings IPv6 clients; nginx refuses them, add listen [::]:8080
${conf("server { listen 8080; }")}`;

reports("one file of it")`${service}${nginx("subPath: default.conf, mountPath: /etc/nginx/conf.d/default.conf")}
              #                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Service web brings IPv6 clients; nginx refuses them, add listen [::]:8080
${conf("server { listen 0.0.0.0:8080; }")}`;

reports("all of it in one file")`${service}${nginx("subPath: nginx.conf, mountPath: /etc/nginx/nginx.conf")}
              #                                              ^^^^^^^^^^^^^^^^^^^^^ Service web brings IPv6 clients; nginx refuses them, add listen [::]:8080
${conf("http { include mime.types; server { listen 8080; } }", "nginx.conf")}`;

const folder = `${service}${nginx("mountPath: /etc/nginx/conf.d/")}`;

accepts("an nginx that listens on both")`${folder}${conf("server { listen 8080; listen [::]:8080; }")}`;
accepts("an nginx that listens on another port")`${folder}${conf("server { listen 80; }")}`;
accepts("an nginx whose listen comes from elsewhere")`${folder}${conf("server { listen 8080; include listen/*; }")}`;
accepts("an nginx whose listen is a variable")`${folder}${conf("server { listen 8080; listen $ADDR; }")}`;
accepts("an nginx with a ConfigMap that is not there")`${folder}`;
accepts(
  "a ConfigMap that is mounted elsewhere",
)`${service}${nginx("mountPath: /srv")}${conf("server { listen 8080; }")}`;
accepts("a server beside those of the image")`
${service}${nginx("subPath: app.conf, mountPath: /etc/nginx/conf.d/app.conf")}
${conf("server { listen 8080; }", "app.conf")}`;
accepts("a configuration that reads the image's servers")`
${service}${nginx("subPath: nginx.conf, mountPath: /etc/nginx/nginx.conf")}
${conf("http { include /etc/nginx/conf.d/*.conf; server { listen 8080; } }", "nginx.conf")}`;
accepts("another volume than a ConfigMap")`
${service}${nginx("mountPath: /etc/nginx/conf.d", "emptyDir: {}")}
${conf("server { listen 8080; }")}`;
accepts("an nginx behind a Service of IPv4")`
${service.replace("IPv6", "IPv4")}${nginx("mountPath: /etc/nginx/conf.d")}
${conf("server { listen 8080; }")}`;
accepts("a port by name that is another one")`
${service.replace("targetPort: 8080", "targetPort: http")}${nginx("mountPath: /etc/nginx/conf.d")}
            ports: [{name: http, containerPort: 9090}]
${conf("server { listen 8080; listen 9090; listen [::]:9090; }")}`;
