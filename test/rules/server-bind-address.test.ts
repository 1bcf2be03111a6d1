import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("server-bind-address");

reports("servers that serve IPv4 only")`
  kind: ConfigMap
  data:
    httpd.conf: |
      Listen 0.0.0.0:80
      #      ^^^^^^^^^^ 💡 this server answers over IPv4 only: write 80 for both families
    postgresql.conf: |
      listen_addresses = '0.0.0.0' # all
      #                  ^^^^^^^^^ 💡 this server answers over IPv4 only: write '*' for both families
    my.cnf: |
      [client]
      bind-address = 0.0.0.0
      [mysqld]
      bind-address = 0.0.0.0
      #              ^^^^^^^ 💡 this server answers over IPv4 only: write :: for both families
    redis.conf: |
      bind 0.0.0.0
      #    ^^^^^^^ 💡 this server answers over IPv4 only: write * -::* for both families
    pg_hba.conf: |
      local all all trust
      host all all 0.0.0.0/0 scram-sha-256
      #            ^^^^^^^^^ 💡 nobody gets in over IPv6: add the same line for ::/0
`;

accepts("servers that serve both, or the pod alone")`
  kind: ConfigMap
  data:
    httpd.conf: |
      # Listen 0.0.0.0:80
      Listen 80
      Listen 0.0.0.0:81
      Listen [::]:81
    postgresql.conf: |
      listen_addresses = '*'
    my.cnf: |
      [mysqld]
      bind_address=::
    redis.conf: |
      bind 127.0.0.1 -::1
    pg_hba.conf: |
      host all all 0.0.0.0/0 scram-sha-256
      host all all ::/0 scram-sha-256
`;

fixes("each in its words")`
  kind: ConfigMap
  data:
    httpd.conf: |
      Listen 0.0.0.0:80
    redis.conf: |
      bind 0.0.0.0
    pg_hba.conf: |
      host all all 0.0.0.0/0 md5
      local all all trust
`.to`
  kind: ConfigMap
  data:
    httpd.conf: |
      Listen 80
    redis.conf: |
      bind * -::*
    pg_hba.conf: |
      host all all 0.0.0.0/0 md5
      host all all ::/0 md5
      local all all trust
`;
