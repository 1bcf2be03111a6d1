import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("listen-ipv6-only");

reports("asyncio's servers and others that set IPV6_V6ONLY", { cluster: "dual-v4" })`
  kind: Pod
  spec:
    containers:
      - command: [uvicorn, "app:app", --host, "::", --port, "8000"]
        #                                     ^^^^ uvicorn turns IPv4 off on ::, and IPv4 comes first in this cluster: take --workers 2, or gunicorn
      - command: [python3, -m, uvicorn, "app:app", "--host=::"]
        #                                          ^^^^^^^^^^^ uvicorn turns IPv4 off on ::, and IPv4 comes first in this cluster: take --workers 2, or gunicorn
      - command: [sh, -c]
        args: ["./migrate && exec uvicorn app:app --host :: --port 80"]
        #                                                ^^ uvicorn turns IPv4 off on ::, and IPv4 comes first in this cluster: take --workers 2, or gunicorn
      - image: docker.io/library/redis:8
        args: [--bind, "::"]
        #              ^^^^ Redis turns IPv4 off on ::, and IPv4 comes first in this cluster: write --bind * -::*
      - command: [waitress-serve, "--listen=[::]:8080", "app:app"]
        #                         ^^^^^^^^^^^^^^^^^^^^ waitress turns IPv4 off on ::, and IPv4 comes first in this cluster: write *
      - image: ghcr.io/acme/api:1
        env: [{name: UVICORN_HOST, value: "::"}]
        #                                 ^^^^ uvicorn turns IPv4 off on ::, and IPv4 comes first in this cluster: take --workers 2, or gunicorn
`;

accepts("programs that take both, and both in words", { cluster: "dual-v4" })`
  kind: Pod
  spec:
    containers:
      - command: [gunicorn, -k, uvicorn.workers.UvicornWorker, --bind, "[::]:80", "app:app"]
      - command: [uvicorn, "app:app", --host, "::", --workers, "4"]
      - command: [node, server.js, --host, "::"]
      - command: [redis-server, --bind, "::", "*"]
      - image: redis:8
        args: [--bind, "* -::*"]
      - command: [memcached, -l, "0.0.0.0,::"]
      - command: [uvicorn, "app:app", --host, "::1"]
      - command: [curl, "http://[::]:80/"]
`;

for (const cluster of ["v6", "dual-v6", "unknown"] as const)
  accepts("where IPv6 comes first, or nobody knows", { cluster })`
    kind: Pod
    spec:
      containers:
        - command: [uvicorn, "app:app", --host, "::"]
  `;

reports("LiteLLM, by its argument and its variable", { cluster: "dual-v4" })`
  kind: Deployment
  spec:
    template:
      spec:
        containers:
          - image: ghcr.io/berriai/litellm-database:main-stable
            env:
              - {name: HOST, value: "::"}
              #                     ^^^^ LiteLLM turns IPv4 off on ::, and IPv4 comes first in this cluster: write 0.0.0.0
`;
