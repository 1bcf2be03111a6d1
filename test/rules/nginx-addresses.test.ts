import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("nginx-addresses");

reports("addresses that nginx cannot read")`
  kind: ConfigMap
  data:
    default.conf: |
      upstream u { server fd12:3456:789a::5:8080; }
      #                   ^^^^^^^^^^^^^^^^^^^^^^ 💡 invalid port in upstream "fd12:3456:789a::5:8080": write [fd12:3456:789a::5]:8080
      server {
          listen ::1:8080;
          #      ^^^^^^^^ 💡 invalid port in "::1:8080" of the "listen" directive: write [::1]:8080
          resolver fd12:3456:789b::a valid=10s;
          #        ^^^^^^^^^^^^^^^^^ 💡 invalid port in resolver "fd12:3456:789b::a": write [fd12:3456:789b::a]
          location / { proxy_pass http://fd12::1/api; }
          #                       ^^^^^^^^^^^^^^^^^^ 💡 invalid port in upstream "http://fd12::1/api": write [fd12::1]
      }
`;

reports("a resolver that hides IPv6")`
  kind: ConfigMap
  data:
    default.conf: |
      server {
          resolver 10.96.0.10 ipv6=off;
          #                   ^^^^^^^^ 💡 nginx asks for no AAAA records with ipv6=off: remove it to reach upstreams over IPv6
      }
`;

accepts("brackets, names, variables, IPv4")`
  kind: ConfigMap
  data:
    default.conf: |
      upstream u { server [fd12:3456:789a::5]:8080; server app:80; server 10.0.0.1:80 weight=2; }
      server {
          listen [::]:80;
          resolver [fd12:3456:789b::a] kube-dns.kube-system valid=10s;
          location / { proxy_pass http://[fd12::1]:80/a:b:c; }
          location /u { proxy_pass http://$upstream:80; }
      }
`;

fixes("by brackets, the port outside")`
  kind: ConfigMap
  data:
    default.conf: |
      upstream u { server fd12:3456:789a::5:8080; } # app
      server { resolver fd12:3456:789b::a; }
`.to`
  kind: ConfigMap
  data:
    default.conf: |
      upstream u { server [fd12:3456:789a::5]:8080; } # app
      server { resolver [fd12:3456:789b::a]; }
`;

reports("a file that the image of nginx fills in")`
  kind: ConfigMap
  data:
    default.conf.template: |
      server {
        listen 8080;
        resolver fd12:3456:789b::a valid=10s;
        #        ^^^^^^^^^^^^^^^^^ 💡 invalid port in resolver "fd12:3456:789b::a": write [fd12:3456:789b::a]
        server_name \${NAME};
      }
`;
