import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("ipv4-literal");

reports("values of the environment, of a ConfigMap, and URLs", { cluster: "v6" })`
  kind: ConfigMap
  data:
    DB_HOST: 10.20.30.40
    #        ^^^^^^^^^^^ pods have no IPv4 here to reach 10.20.30.40 with, and NAT64 is for names: write a name
    API: https://user:pw@203.0.113.7:8443/v1
    #                    ^^^^^^^^^^^ pods have no IPv4 here to reach 203.0.113.7 with, and NAT64 is for names: write a name
    PEERS: 10.0.0.5:2379,etcd-1:2379
  ---
  kind: Pod
  spec:
    containers:
      - args: [--upstream=http://10.1.2.3/]
        #                        ^^^^^^^^ pods have no IPv4 here to reach 10.1.2.3 with, and NAT64 is for names: write a name
        env:
          - {name: SYSLOG, value: 10.1.2.4:514}
          #                       ^^^^^^^^ pods have no IPv4 here to reach 10.1.2.4 with, and NAT64 is for names: write a name
`;

accepts("what is not dialled, what the node serves, and files", { cluster: "v6" })`
  kind: ConfigMap
  data:
    APP_VERSION: 1.2.3.4
    NO_PROXY: 10.0.0.1,10.0.0.2
    LISTEN: 0.0.0.0:80
    SELF: 127.0.0.1
    METADATA: http://169.254.169.254/latest
    RANGE: 10.0.0.0/8
    NAME: db.example.net
    URL: http://1.2.3.4.example.net/
    app.conf: |
      a = 10.1.2.3
      b = 10.1.2.4
`;

for (const cluster of ["unknown", "dual-v6", "v4"] as const)
  accepts("where there may be IPv4", { cluster })`
    kind: ConfigMap
    data: {DB_HOST: 10.20.30.40}
  `;

reports("a host in a chart's values, and a URL in a file of a ConfigMap", { cluster: "v6" })`
  externalDatabase: {host: 10.20.30.40, port: 5432}
  #                        ^^^^^^^^^^^ pods have no IPv4 here to reach 10.20.30.40 with, and NAT64 is for names: write a name
  image: {tag: 1.2.3.4}
  ---
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: a}
  data:
    app.yaml: |
      # was http://10.1.2.4:9000
      upstream: http://10.1.2.3:9000
      #                ^^^^^^^^ pods have no IPv4 here to reach 10.1.2.3 with, and NAT64 is for names: write a name
      version: 10.1.2.3
`;
