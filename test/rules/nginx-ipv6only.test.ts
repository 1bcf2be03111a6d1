import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("nginx-ipv6only");

reports("a line for IPv4 in the same server, and in another")`
  kind: ConfigMap
  data:
    default.conf: |
      server {
          listen 80;
          listen [::]:80 ipv6only=off;
          #              ^^^^^^^^^^^^ 💡 bind() to [::]:80 failed (98: Address already in use): remove ipv6only=off beside listen 80
      }
      server { listen *:81; }
      server { listen [::]:81 ipv6only=off; }
      #                       ^^^^^^^^^^^^ 💡 bind() to [::]:81 failed (98: Address already in use): remove ipv6only=off beside listen 81
`;

accepts("one line for both, and two lines of one family each")`
  kind: ConfigMap
  data:
    default.conf: |
      server { listen [::]:80 ipv6only=off; listen 127.0.0.1:8080; }
      server { listen 81; listen [::]:81 ipv6only=on; }
`;

fixes("by the default")`
  kind: ConfigMap
  data:
    default.conf: |
      server {
          listen 80;
          listen [::]:80 ipv6only=off; # both
      }
`.to`
  kind: ConfigMap
  data:
    default.conf: |
      server {
          listen 80;
          listen [::]:80; # both
      }
`;
