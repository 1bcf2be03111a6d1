import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("nginx-listen");

reports("a server for IPv4, and one for IPv6")`
  kind: ConfigMap
  data:
    default.conf: |
      server {
          listen 8080 default_server;
          #      ^^^^ 💡 this server answers over IPv4 only: add listen [::]:8080 default_server;
      }
      server {
          listen [::]:80;
          #      ^^^^^^^ 💡 this server answers over IPv6 only: add listen 80;
      }
`;

accepts("both lines, one line for both, no line, the host's own addresses, sockets, variables")`
  kind: ConfigMap
  data:
    nginx.conf: |
      http { # { not a brace
        server { listen 80; listen [::]:80; return 200 "server { listen 81; }"; }
        server { listen [::]:8080 ipv6only=off; }
        server { server_name a; location / { proxy_pass http://b; } }
        server { listen 127.0.0.1:81; listen unix:/run/a.sock; }
        server { listen \${PORT}; }
      }
`;

fixes("by the other line, with the options of the first")`
  kind: ConfigMap
  data:
    default.conf: |
      server {
          listen 443 ssl; # web
          server_name _;
      }
      server { listen [::]:81; }
`.to`
  kind: ConfigMap
  data:
    default.conf: |
      server {
          listen 443 ssl;
          listen [::]:443 ssl; # web
          server_name _;
      }
      server { listen [::]:81; listen 81; }
`;

accepts("both lines in other spellings")`
  kind: ConfigMap
  data:
    default.conf: |
      server { listen 0.0.0.0:80; listen [::0]:80; }
      server { listen *:81; listen [0:0:0:0:0:0:0:0]:81; }
`;

reports("another spelling of every IPv6 address alone")`
  kind: ConfigMap
  data:
    default.conf: |
      server { listen [::0]:80; }
      #               ^^^^^^^^ 💡 this server answers over IPv6 only: add listen 80;
`;

reports("IPv6 missing on a cluster of IPv6", { cluster: "v6" })`
  kind: ConfigMap
  data:
    default.conf: |
      server { listen 80; }
      #               ^^ 💡 this server answers over IPv4 only: add listen [::]:80;
      server { listen [::]:81; }
`;

reports("IPv4 missing on a cluster of IPv4", { cluster: "v4" })`
  kind: ConfigMap
  data:
    default.conf: |
      server { listen 80; }
      server { listen [::]:81; }
      #               ^^^^^^^ 💡 this server answers over IPv6 only: add listen 81;
`;
