import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("postgres-hba");

reports("every IPv4 client and no other")`
  kind: ConfigMap
  data:
    pg_hba.conf: |
      local all all trust
      host all all 0.0.0.0/0 scram-sha-256
      #            ^^^^^^^^^ 💡 this lets nobody in over IPv6: add the same line for ::/0
`;

accepts("both, all, and a network of its own")`
  kind: ConfigMap
  data:
    pg_hba.conf: |
      host all all 0.0.0.0/0 scram-sha-256
      host all all ::/0 scram-sha-256
  ---
  kind: ConfigMap
  data:
    pg_hba.conf: |
      # host all all 0.0.0.0/0 md5
      host all all all md5
      host app app 10.0.0.0/8 md5
`;

fixes("by the same line for IPv6")`
  kind: ConfigMap
  data:
    pg_hba.conf: |
      host all all 0.0.0.0/0 md5 # app
      local all all trust
`.to`
  kind: ConfigMap
  data:
    pg_hba.conf: |
      host all all 0.0.0.0/0 md5 # app
      host all all ::/0 md5 # app
      local all all trust
`;

reports("IPv6 lines for loopback, another database or user, and those that reject")`
  kind: ConfigMap
  data:
    pg_hba.conf: |
      host all all 127.0.0.1/32 trust
      host all all ::1/128 trust
      host all all ::1 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff trust
      host all all 0.0.0.0/0 scram-sha-256
      #            ^^^^^^^^^ 💡 this lets nobody in over IPv6: add the same line for ::/0
  ---
  kind: ConfigMap
  data:
    pg_hba.conf: |
      host app,log app 0.0.0.0/0 scram-sha-256
      #                ^^^^^^^^^ 💡 this lets nobody in over IPv6: add the same line for ::/0
      host app app ::/0 scram-sha-256
      host log admin ::/0 scram-sha-256
  ---
  kind: ConfigMap
  data:
    pg_hba.conf: |
      host replication app 0.0.0.0/0 scram-sha-256
      #                    ^^^^^^^^^ 💡 this lets nobody in over IPv6: add the same line for ::/0
      host all all ::/0 scram-sha-256
  ---
  kind: ConfigMap
  data:
    pg_hba.conf: |
      host all all 0.0.0.0/0 scram-sha-256
      #            ^^^^^^^^^ 💡 this lets nobody in over IPv6: add the same line for ::/0
      host all all ::/0 reject
      host all all :: :: reject
`;

accepts("what the IPv6 lines cover, and a line that rejects")`
  kind: ConfigMap
  data:
    pg_hba.conf: |
      host app,log app 0.0.0.0/0 scram-sha-256
      host app app ::/0 scram-sha-256
      host log all fd00::/8 scram-sha-256
      host replication app 0.0.0.0/0 scram-sha-256
      host replication app all scram-sha-256
  ---
  kind: ConfigMap
  data:
    pg_hba.conf: |
      host app app 10.0.0.0/8 scram-sha-256
      host all all 0.0.0.0/0 reject
`;

fixes("once for lines that the first of them covers")`
  kind: ConfigMap
  data:
    pg_hba.conf: |
      hostssl all all 0.0.0.0/0 md5
      host app app 0.0.0.0/0 md5
`.to`
  kind: ConfigMap
  data:
    pg_hba.conf: |
      hostssl all all 0.0.0.0/0 md5
      hostssl all all ::/0 md5
      host app app 0.0.0.0/0 md5
`;

reports("the lines as operators take them")`
  apiVersion: postgresql.cnpg.io/v1
  kind: Cluster
  metadata: {name: pg}
  spec:
    postgresql:
      pg_hba:
        - host app app 0.0.0.0/0 scram-sha-256
        #              ^^^^^^^^^ this lets nobody in over IPv6: add the same line for ::/0
        - host all all 127.0.0.1/32 trust
  ---
  apiVersion: acid.zalan.do/v1
  kind: postgresql
  metadata: {name: pg}
  spec:
    patroni:
      pg_hba:
        - hostssl all all 0.0.0.0/0 md5
        #                 ^^^^^^^^^ this lets nobody in over IPv6: add the same line for ::/0
`;

accepts("a list with the same line for IPv6")`
  apiVersion: postgresql.cnpg.io/v1
  kind: Cluster
  metadata: {name: pg}
  spec:
    postgresql: {pg_hba: ["host all all 0.0.0.0/0 md5", "host all all ::/0 md5"]}
`;
