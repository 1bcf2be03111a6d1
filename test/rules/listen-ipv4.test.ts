import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("listen-ipv4");

reports("what gunicorn is given in its variable, whatever the container runs")`
  kind: Pod
  spec:
    containers:
      - image: ghcr.io/acme/shop:1
        env:
          - name: GUNICORN_CMD_ARGS
            value: "--bind=0.0.0.0:8000 --workers=2"
            #              ^^^^^^^ 💡 0.0.0.0 is IPv4 only in this program: listen on [::] to answer over both families
      - image: ghcr.io/acme/shop:1
        env: [{name: GUNICORN_CMD_ARGS, value: "--bind=0.0.0.0:8000 --bind=[::]:8000"}]
`;

fixes("gunicorn's address in its variable")`
  kind: Pod
  spec: {containers: [{image: shop, env: [{name: GUNICORN_CMD_ARGS, value: "--bind=0.0.0.0:8000"}]}]}
`.to`
  kind: Pod
  spec: {containers: [{image: shop, env: [{name: GUNICORN_CMD_ARGS, value: "--bind=[::]:8000"}]}]}
`;

reports("programs and images that are known")`
  kind: Pod
  spec:
    containers:
      - image: ghcr.io/acme/app:1
        command: [/usr/bin/python3, -m, http.server, --bind, 0.0.0.0]
        #                                                    ^^^^^^^ 0.0.0.0 is IPv4 only in this program: listen on [::] to answer over both families
      - image: docker.io/library/redis:8@sha256:0000
        args: [--bind, 0.0.0.0]
        #              ^^^^^^^ 0.0.0.0 is IPv4 only in this program: write --bind * -::* for both families
      - image: node:22-alpine
        env:
          - {name: HOST, value: 0.0.0.0}
          #                     ^^^^^^^ 💡 0.0.0.0 is IPv4 only in this program: listen on [::] to answer over both families
`;

reports("a program that a shell starts")`
  kind: Pod
  spec:
    containers:
      - image: python:3.13-slim
        command: [sh, -c, "./migrate && exec uvicorn app:app --host 0.0.0.0"]
        #                                                           ^^^^^^^ 0.0.0.0 is IPv4 only in this program, and :: IPv6 only with one worker: both take a second socket or a proxy
`;

reports("a hint where the program is not known")`
  kind: Pod
  spec:
    containers:
      - image: ghcr.io/acme/app:1
        args: ["--listen=0.0.0.0:8080"]
        #                ^^^^^^^ 0.0.0.0 is IPv4 only in most programs: listen on [::] if this is one of them
`;

accepts("Go and Java, both families, a network, a script in another image")`
  kind: Pod
  spec:
    containers:
      - image: quay.io/prometheus/prometheus:v3.5.0
        args: ["--web.listen-address=0.0.0.0:9090"]
      - image: eclipse-temurin:21-jre
        env: [{name: SERVER_ADDRESS, value: 0.0.0.0}]
      - image: python:3.13-slim
        command: [gunicorn, --bind, "0.0.0.0:8000", --bind, "[::]:8000", "app:app"]
      - image: python:3.13-slim
        args: ["--allow=0.0.0.0/0", "--listen=127.0.0.1:8000"]
`;

fixes("by [::] for a port and :: without one, and not for uvicorn, which would turn IPv4 off")`
  kind: Pod
  spec:
    containers:
      - command: [gunicorn, --bind, "0.0.0.0:8000", "app:app"]
      - image: node:22-alpine
        env:
          - {name: HOST, value: 0.0.0.0}
      - command: [uvicorn, --host, 0.0.0.0, "app:app"]
`.to`
  kind: Pod
  spec:
    containers:
      - command: [gunicorn, --bind, "[::]:8000", "app:app"]
      - image: node:22-alpine
        env:
          - {name: HOST, value: "::"}
      - command: [uvicorn, --host, 0.0.0.0, "app:app"]
`;

reports("a script that the arguments hold, a scheme, and an option without a blank")`
  kind: Pod
  spec:
    containers:
      - image: ghcr.io/acme/app:1
        command: [/bin/sh, -c]
        args: ["uvicorn main:app --host 0.0.0.0 --port 8080"]
        #                               ^^^^^^^ 0.0.0.0 is IPv4 only in this program, and :: IPv6 only with one worker: both take a second socket or a proxy
      - image: ruby:3.4
        command: [bundle, exec, puma, -b, "tcp://0.0.0.0:3000"]
        #                                        ^^^^^^^ 0.0.0.0 is IPv4 only in this program: listen on [::] to answer over both families
      - image: python:3.13
        command: [gunicorn, "-b0.0.0.0:8000", "app:app"]
        #                      ^^^^^^^ 💡 0.0.0.0 is IPv4 only in this program: listen on [::] to answer over both families
`;

reports("databases, which have a word for both families")`
  kind: Pod
  spec:
    containers:
      - image: mysql:8
        args: [--bind-address=0.0.0.0]
        #                     ^^^^^^^ 💡 this server answers over IPv4 only: write :: for both families
      - image: postgres:17
        args: [-c, listen_addresses=0.0.0.0]
        #                           ^^^^^^^ 💡 this server answers over IPv4 only: write * for both families
      - image: docker.io/bitnami/postgresql:17
        args: [-h, 0.0.0.0]
        #          ^^^^^^^ 💡 this server answers over IPv4 only: write * for both families
      - image: ghcr.io/acme/db:1
        command: [sh, -c, "exec mariadbd --user=mysql --bind-address=0.0.0.0"]
        #                                                            ^^^^^^^ this server answers over IPv4 only: write :: for both families
`;

accepts("databases that listen on both families")`
  kind: Pod
  spec:
    containers:
      - image: mysql:8
        args: [--bind-address=::]
      - image: mysql:8
        args: ["--bind-address=*"]
      - image: postgres:17
        args: [-c, listen_addresses=*]
`;

fixes("the addresses of databases")`
  kind: Pod
  spec:
    containers:
      - image: mysql:8
        args: ["--bind-address=0.0.0.0"]
      - image: postgres:17
        args: [-c, "listen_addresses=0.0.0.0"]
`.to`
  kind: Pod
  spec:
    containers:
      - image: mysql:8
        args: ["--bind-address=::"]
      - image: postgres:17
        args: [-c, "listen_addresses=*"]
`;

reports("programs that turn IPv4 off for ::, each in its own words")`
  kind: Pod
  spec:
    containers:
      - image: ghcr.io/acme/cache:1
        command: [/usr/bin/redis-server, --bind, 0.0.0.0, "::1"]
        #                                        ^^^^^^^ 0.0.0.0 is IPv4 only in this program: write --bind * -::* for both families
      - image: mongo:8
        args: [--bind_ip, 0.0.0.0]
        #                 ^^^^^^^ 0.0.0.0 is IPv4 only in this program: write --ipv6 --bind_ip_all for both families
      - image: ghcr.io/acme/cache:1
        command: [memcached, -l, 0.0.0.0]
        #                        ^^^^^^^ 0.0.0.0 is IPv4 only in this program: write -l 0.0.0.0,:: for both families
      - image: python:3.13
        command: [waitress-serve, "--listen=0.0.0.0:8080", "app:app"]
        #                                   ^^^^^^^ 0.0.0.0 is IPv4 only in this program: write * for both families
      - image: python:3.13
        command: [python3, -m, uvicorn, "app:app", --host, 0.0.0.0]
        #                                                  ^^^^^^^ 0.0.0.0 is IPv4 only in this program, and :: IPv6 only with one worker: both take a second socket or a proxy
`;

reports("the program that the address is given to, and no other one")`
  kind: Pod
  spec:
    containers:
      - image: python:3.13
        command: [sh, -c, "pip install uvicorn && gunicorn -k uvicorn.workers.UvicornWorker --bind 0.0.0.0:80"]
        #                                                                                          ^^^^^^^ 0.0.0.0 is IPv4 only in this program: listen on [::] to answer over both families
      - image: redis:8
        command: [python3, -m, http.server, --directory, /srv/redis, --bind, 0.0.0.0]
        #                                                                    ^^^^^^^ 0.0.0.0 is IPv4 only in this program: listen on [::] to answer over both families
`;

reports("a command over several lines of a script")`
  kind: Pod
  spec:
    containers:
      - image: python:3.13
        command: [sh, -c, "./migrate\nuvicorn app:app \\\n --host 0.0.0.0"]
        #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 0.0.0.0 is IPv4 only in this program, and :: IPv6 only with one worker: both take a second socket or a proxy
`;

accepts("both addresses of Redis and memcached")`
  kind: Pod
  spec:
    containers:
      - image: redis:8
        args: [--bind, 0.0.0.0, "-::*"]
      - image: redis:8
        command: [sh, -c, "exec redis-server --bind 0.0.0.0 -::* --port 6379"]
      - image: memcached:1
        args: [-l, "0.0.0.0,::"]
`;

accepts("Go and Java programs of public repositories, by image or by the flags of their libraries")`
  kind: Pod
  spec:
    containers:
      - {image: "quay.io/oauth2-proxy/oauth2-proxy:v7", args: ["--http-address=0.0.0.0:4180"]}
      - {image: "ghcr.io/projectcontour/contour:v1.30", command: [contour, serve, --xds-address=0.0.0.0]}
      - {image: bloomberg/goldpinger:3, env: [{name: HOST, value: 0.0.0.0}]}
      - {image: minio/console:v1, args: [server, --host, 0.0.0.0]}
      - {image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2, args: [--address, 0.0.0.0]}
      - {image: quay.io/wildfly/wildfly:30, args: [-b, 0.0.0.0]}
      - {image: docker.elastic.co/logstash/logstash-oss:8, env: [{name: HTTP_HOST, value: 0.0.0.0}]}
      - {image: ghcr.io/acme/mail-stats:1, args: ["--web.listen-address=0.0.0.0:9100"]}
      - {image: ghcr.io/acme/thing:1, args: ["--metrics-bind-address=0.0.0.0:8080", --leader-elect]}
`;

reports("an unknown program that a probe asks, in a cluster without IPv4", { cluster: "v6" })`
  kind: Pod
  spec:
    containers:
      - image: ghcr.io/acme/app:1
        args: [--host, 0.0.0.0, --port, "8080"]
        #              ^^^^^^^ the kubelet's probe comes over IPv6, which most programs do not take on 0.0.0.0: listen on [::]
        readinessProbe: {httpGet: {path: /health, port: 8080}}
      - image: ghcr.io/acme/app:1
        args: ["--listen=0.0.0.0:9000"]
        #                ^^^^^^^ the kubelet's probe comes over IPv6, which most programs do not take on 0.0.0.0: listen on [::]
        ports: [{name: web, containerPort: 9000}]
        livenessProbe: {tcpSocket: {port: web}}
      - image: ghcr.io/acme/app:1
        args: ["--admin=0.0.0.0:9001"]
        #               ^^^^^^^ 0.0.0.0 is IPv4 only in most programs: listen on [::] if this is one of them
        livenessProbe: {tcpSocket: {port: 9000}}
`;

reports("what Contour hands on to Envoy", { cluster: "v6" })`
  kind: Deployment
  spec:
    template:
      spec:
        containers:
          - image: ghcr.io/projectcontour/contour:v1.33.0
            command: [contour]
            args: [serve, --envoy-service-http-address=0.0.0.0, --xds-address=0.0.0.0]
            #                                          ^^^^^^^ 0.0.0.0 is IPv4 only in this program: listen on [::] to answer over both families
`;

reports("MongoDB on every address but those of IPv6")`
  kind: Pod
  spec:
    containers:
      - image: mongo:8
        args: [--bind_ip_all]
        #      ^^^^^^^^^^^^^ all of IPv4 alone, without --ipv6: add it to answer over both families
      - image: mongo:8
        args: [--bind_ip_all, --ipv6]
`;

accepts("what Linkerd injects")`
  kind: Deployment
  spec:
    template:
      spec:
        containers:
          - name: linkerd-proxy
            image: cr.l5d.io/linkerd/proxy:edge-25.1.1
            env:
              - {name: LINKERD2_PROXY_INBOUND_LISTEN_ADDR, value: 0.0.0.0:4143}
`;

accepts("a flag as Go's own package spells it")`
  apiVersion: v1
  kind: Pod
  spec:
    containers:
      - name: slow-cooker
        image: buoyantio/slow_cooker:1.3.0
        args: ["-qps=1", "-metric-addr=0.0.0.0:9999"]
`;
