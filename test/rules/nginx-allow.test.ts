import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("nginx-allow");

reports("a list for IPv4")`
  kind: ConfigMap
  data:
    default.conf: |
      server {
          location / {
              allow 127.0.0.1;
              allow 10.0.0.0/8;
              #     ^^^^^^^^^^ everybody who comes over IPv6 is denied here: allow their IPv6 ranges as well
              deny all;
          }
      }
`;

reports("the same in HAProxy")`
  kind: ConfigMap
  data:
    haproxy.cfg: |
      frontend web
          acl office src 10.0.0.0/8 192.168.0.0/16
          #              ^^^^^^^^^^ everybody who comes over IPv6 is denied here: allow their IPv6 ranges as well
          http-request deny unless office
`;

reports("a condition of HAProxy without a name")`
  kind: ConfigMap
  data:
    haproxy.cfg: |
      frontend web
          http-request deny if !{ src 10.0.0.0/8 }
          #                           ^^^^^^^^^^ everybody who comes over IPv6 is denied here: allow their IPv6 ranges as well
---
  kind: ConfigMap
  data:
    haproxy.cfg: |
      frontend web
          tcp-request connection reject unless { src 127.0.0.1 192.168.0.0/16 }
          #                                                    ^^^^^^^^^^^^^^ everybody who comes over IPv6 is denied here: allow their IPv6 ranges as well
`;

accepts("conditions without a name that let IPv6 in, deny nobody else, or read a file")`
  kind: ConfigMap
  data:
    haproxy.cfg: |
      frontend web
          http-request deny if !{ src 10.0.0.0/8 fd12::/16 }
          http-request deny if !{ src fd12::/16 } !{ src 10.0.0.0/8 }
          http-request deny if !{ src 10.0.0.0/8 } !{ src fd12::/16 }
          http-request deny unless { src 10.0.0.0/8 } || { src fd12::/16 }
          http-request deny if { src 10.0.0.0/8 }
          http-request deny unless { src 10.0.0.0/8 -f /etc/office }
          http-request deny if !six !{ src 10.0.0.0/8 }
          acl six src fd12::/16
          acl four src 10.0.0.0/8
          http-request deny if !six !four
          http-request deny if !{ path /admin }
          use_backend a if !{ src 10.0.0.0/8 }
`;

accepts("both families, the pod itself, a list that denies")`
  kind: ConfigMap
  data:
    default.conf: |
      server {
          location / { allow 10.0.0.0/8; allow fd12::/16; deny all; }
          location /status { allow 127.0.0.1; deny all; }
          location /open { allow 10.0.0.0/8; deny 10.1.0.0/16; }
      }
    haproxy.cfg: |
      frontend web
          acl office src 10.0.0.0/8 fd12::/16
          http-request deny unless office
          acl bad src 10.0.0.0/8
          http-request deny if bad
`;
