import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("postgres-hba");

reports("every IPv4 client and no other")`
  kind: ConfigMap
  data:
    pg_hba.conf: |
      local all all trust
      host all all 0.0.0.0/0 scram-sha-256
      #            ^^^^^^^^^ 💡 nobody gets in over IPv6: add the same line for ::/0
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
