import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("values-listen-address");

accepts("what a comment says for IPv6", { cluster: "v6" })`
  apisix:
    admin:
      # -- which ip to listen on for the admin API. Set to "[::]" when on IPv6 single stack
      ip: 0.0.0.0
      port: 9180
`;

reports("keys that listen, in a cluster with IPv6", { cluster: "v6" })`
  clickhouse:
    configmap:
      listen_host: 0.0.0.0
      #            ^^^^^^^ 0.0.0.0 is IPv4 only in most programs: write :: if this is one of them; [::] where a port is put behind it
  agent:
    server:
      host: 0.0.0.0
      #     ^^^^^^^ 0.0.0.0 is IPv4 only in most programs: write :: if this is one of them; [::] where a port is put behind it
    http:
      bindAddress: 0.0.0.0:8080
      #            ^^^^^^^^^^^^ 0.0.0.0 is IPv4 only in most programs: write [::]:8080 if this is one of them
`;

reports("values that want IPv6 themselves, in a wrapper")`
  apiVersion: helm.toolkit.fluxcd.io/v2
  kind: HelmRelease
  spec:
    values:
      ipv6: true
      app:
        listen: 0.0.0.0
        #       ^^^^^^^ 0.0.0.0 is IPv4 only in most programs: write :: if this is one of them; [::] where a port is put behind it
`;

accepts("other keys, a list with both, an IPv6 address", { cluster: "v6" })`
  firewall:
    deny_bind: 10.0.0.0
    host: 0.0.0.0
    allowListen: 0.0.0.0
  server:
    listen: ["0.0.0.0", "::"]
    bind: "::"
`;

accepts("where nobody says that there is IPv6")`
  ipv6: false
  server:
    listen_host: 0.0.0.0
`;

accepts("a cluster without IPv6", { cluster: "v4" })`
  ipv6: true
  server:
    listen_host: 0.0.0.0
`;

reports("a program's YAML in a ConfigMap", { cluster: "v6" })`
  kind: ConfigMap
  data:
    config.yaml: |
      service: {http_listen: 0.0.0.0}
      #                      ^^^^^^^ 0.0.0.0 is IPv4 only in most programs: write :: if this is one of them; [::] where a port is put behind it
`;

accepts("such a file, where nobody knows of IPv6")`
  kind: ConfigMap
  data:
    config.yaml: |
      listen_host: 0.0.0.0
`;

accepts("programs in Go, which take both families", { cluster: "v6" })`
  kubeProxyReplacementHealthzBindAddr: 0.0.0.0:10256
  alloy: {listenAddr: 0.0.0.0}
  cluster: {controllerManager: {extraArgs: {bind-address: 0.0.0.0}}}
`;

reports("sections of an INI or TOML file", { cluster: "v6" })`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: app}
  data:
    uwsgi.ini: |
      [uwsgi]
      http = 0.0.0.0:8080
      #      ^^^^^^^^^^^^ 0.0.0.0 is IPv4 only in most programs: write [::]:8080 if this is one of them
    config.toml: |
      [server]
      bind = "0.0.0.0"
      #      ^^^^^^^^^ 0.0.0.0 is IPv4 only in most programs: write :: if this is one of them; [::] where a port is put behind it
    grafana.ini: |
      [server]
      http_addr = 0.0.0.0
      http_port = 3000
`;

reports("a host of what is called a web server", { cluster: "v6" })`
  config: {webserver: {web_server_host: 0.0.0.0}}
  #                                     ^^^^^^^ 0.0.0.0 is IPv4 only in most programs: write :: if this is one of them; [::] where a port is put behind it
`;

// https://github.com/goauthentik/helm/issues/399, https://github.com/elastic/cloud-on-k8s/issues/3649, https://github.com/databendlabs/helm-charts/issues/137
reports("variables in values and in a ConfigMap, a name with dots, and a URL", { cluster: "v6" })`
  worker:
    env:
      - name: AUTHENTIK_LISTEN__HTTP
        value: 0.0.0.0:9000
        #      ^^^^^^^^^^^^ 0.0.0.0 is IPv4 only in most programs: write [::]:9000 if this is one of them
  hub: {hub_bind_url: "http://0.0.0.0:8081", flower_host: 0.0.0.0}
  #                   ^^^^^^^^^^^^^^^^^^^^^ 0.0.0.0 is IPv4 only in most programs: write http://[::]:8081 if this is one of them
  #                                                       ^^^^^^^ 0.0.0.0 is IPv4 only in most programs: write :: if this is one of them; [::] where a port is put behind it
  ---
  apiVersion: v1
  kind: ConfigMap
  data:
    SERVER_HOST: 0.0.0.0
    #            ^^^^^^^ 0.0.0.0 is IPv4 only in most programs: write :: if this is one of them; [::] where a port is put behind it
    kibana.yml: |
      server.host: "0.0.0.0"
      #            ^^^^^^^^^ 0.0.0.0 is IPv4 only in most programs: write :: if this is one of them; [::] where a port is put behind it
`;

accepts("variables that name no listen address, and a value beside no name", { cluster: "v6" })`
  env:
    - {name: ALLOWED_RANGE, value: 0.0.0.0}
    - {value: 0.0.0.0}
  ---
  apiVersion: clickhouse.altinity.com/v1
  kind: ClickHouseInstallation
  spec:
    containers: [{image: "altinity/clickhouse-backup:2.6", env: [{name: API_LISTEN, value: "0.0.0.0:7171"}]}]
  ---
  apiVersion: v1
  kind: ConfigMap
  data: {NO_PROXY_HOST: 0.0.0.0, POD_ADDRESS: 0.0.0.0, note: 0.0.0.0}
`;
