import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("haproxy-bind");

reports("frontends for one family")`
  kind: ConfigMap
  data:
    haproxy.cfg: |
      frontend web
          bind *:80
          #    ^^^^ 💡 this frontend answers over IPv4 only: write bind :::80 v4v6
          bind 0.0.0.0:443 ssl crt /etc/a.pem
          #    ^^^^^^^^^^^ 💡 this frontend answers over IPv4 only: write bind :::443 v4v6
      frontend six
          bind :::80 v6only
          #          ^^^^^^ 💡 this frontend answers over IPv6 only: write bind :::80 v4v6
`;

reports("a port from the environment")`
  kind: ConfigMap
  data:
    haproxy.cfg: |
      frontend web
          bind *:\${PORT}
          #    ^^^^^^^^^ 💡 this frontend answers over IPv4 only: write bind :::\${PORT} v4v6
          bind 0.0.0.0:$STATS
          #    ^^^^^^^^^^^^^^ 💡 this frontend answers over IPv4 only: write bind :::$STATS v4v6
`;

accepts("both families at a port from the environment, and an address from there")`
  kind: ConfigMap
  data:
    haproxy.cfg: |
      frontend web
          bind :::\${PORT} v4v6
          bind *:$STATS
          bind :::$STATS
          bind \${ADDR}
          bind \${ADDR}:\${PORT}
`;

accepts("both, two lines, the host's own addresses, variables")`
  kind: ConfigMap
  data:
    haproxy.cfg: |
      global
          stats socket /run/haproxy.sock
      frontend web
          bind :::80 v4v6
          bind *:443
          bind [::]:443 v6only
          bind 127.0.0.1:8404
          bind "\${ADDR}:8080"
          bind *:81,:::81
`;

fixes("by one line for both")`
  kind: ConfigMap
  data:
    haproxy.cfg: |
      frontend web
          bind *:443 ssl # web
      frontend six
          bind :::80 v6only
`.to`
  kind: ConfigMap
  data:
    haproxy.cfg: |
      frontend web
          bind :::443 v4v6 ssl # web
      frontend six
          bind :::80 v4v6
`;

reports("IPv6 missing on a cluster of IPv6", { cluster: "v6" })`
  kind: ConfigMap
  data:
    haproxy.cfg: |
      frontend web
          bind *:80
          #    ^^^^ 💡 this frontend answers over IPv4 only: write bind :::80 v4v6
      frontend six
          bind :::81 v6only
`;

reports("IPv4 missing on a cluster of IPv4", { cluster: "v4" })`
  kind: ConfigMap
  data:
    haproxy.cfg: |
      frontend web
          bind *:80
      frontend six
          bind :::81 v6only
          #          ^^^^^^ 💡 this frontend answers over IPv6 only: write bind :::81 v4v6
`;
