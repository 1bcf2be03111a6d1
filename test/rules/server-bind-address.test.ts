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
`;

fixes("each in its words")`
  kind: ConfigMap
  data:
    httpd.conf: |
      Listen 0.0.0.0:80
    redis.conf: |
      bind 0.0.0.0
`.to`
  kind: ConfigMap
  data:
    httpd.conf: |
      Listen 80
    redis.conf: |
      bind * -::*
`;

reports("files that their content tells")`
  kind: ConfigMap
  data:
    site.conf: |
      Listen 0.0.0.0:80
      #      ^^^^^^^^^^ 💡 this server answers over IPv4 only: write 80 for both families
    extra.cnf: |
      [mysqld]
      bind-address = 0.0.0.0
      #              ^^^^^^^ 💡 this server answers over IPv4 only: write :: for both families
`;

reports("IPv6 for loopback alone")`
  kind: ConfigMap
  data:
    postgresql.conf: |
      listen_addresses = '0.0.0.0, ::1'
      #                  ^^^^^^^^^^^^^^ 💡 this server answers over IPv4 only: write '*' for both families
  ---
  kind: ConfigMap
  data:
    redis.conf: |
      bind 0.0.0.0 ::1
      #    ^^^^^^^^^^^ 💡 this server answers over IPv4 only: write * -::* for both families
  ---
  kind: ConfigMap
  data:
    redis.conf: |
      bind 0.0.0.0 -::1
      #    ^^^^^^^^^^^^ 💡 this server answers over IPv4 only: write * -::* for both families
`;

accepts("an IPv6 address beside 0.0.0.0")`
  kind: ConfigMap
  data:
    postgresql.conf: |
      listen_addresses = '0.0.0.0,::'
    redis.conf: |
      bind 0.0.0.0 ::1 -::*
  ---
  kind: ConfigMap
  data:
    postgresql.conf: |
      listen_addresses = '0.0.0.0,fd00::5'
    redis.conf: |
      bind 0.0.0.0 fd00::5
`;

reports("Redis Sentinel, Fluent Bit, Unbound and ClickHouse")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: a}
  data:
    sentinel.conf: |
      port 26379
      bind 0.0.0.0
      #    ^^^^^^^ 💡 this server answers over IPv4 only: write * -::* for both families
    fluent-bit.conf: |
      [SERVICE]
          HTTP_Server On
          HTTP_Listen 0.0.0.0
      #               ^^^^^^^ 💡 this server answers over IPv4 only: write :: for both families
    unbound.conf: |
      server:
        interface: 0.0.0.0@5353
      #            ^^^^^^^^^^^^ this server answers over IPv4 only: add interface: ::0 for both families
    listen.xml: |
      <clickhouse><listen_host>0.0.0.0</listen_host></clickhouse>
      #                        ^^^^^^^ 💡 this server answers over IPv4 only: write :: for both families
`;

accepts("both families in each")`
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: a}
  data:
    sentinel.conf: |
      bind 0.0.0.0 ::
    fluent-bit.conf: |
      [SERVICE]
          HTTP_Listen ::
    unbound.conf: |
      server:
        interface: 0.0.0.0
        interface: ::0
    listen.xml: |
      <clickhouse><listen_host>0.0.0.0</listen_host><listen_host>::</listen_host></clickhouse>
`;

reports("Redis on IPv6 alone, where IPv4 comes first", { cluster: "dual-v4" })`
  kind: ConfigMap
  data:
    redis.conf: |
      bind ::
      #    ^^ 💡 this server answers over IPv6 only: write * -::* for both families
`;

accepts("Redis on IPv6 alone, where IPv6 comes first", { cluster: "dual-v6" })`
  kind: ConfigMap
  data:
    redis.conf: |
      bind ::
`;

reports("MongoDB, RabbitMQ, Mosquitto and Fluentd")`
  kind: ConfigMap
  data:
    mongod.conf: |
      net: {bindIp: 0.0.0.0}
      #             ^^^^^^^ this server answers over IPv4 only: write ::,0.0.0.0 and ipv6: true for both families
    rabbitmq.conf: |
      listeners.tcp.local = 0.0.0.0:5672
      #                     ^^^^^^^^^^^^ this server answers over IPv4 only: write 5672, the port alone, for both families
      management.tcp.ip = 0.0.0.0
      #                   ^^^^^^^ this server answers over IPv4 only: leave it out, or write ::, for both families
    mosquitto.conf: |
      listener 1883 0.0.0.0
      #             ^^^^^^^ this server answers over IPv4 only: leave the address out for both families
    fluent.conf: |
      <source>
        @type forward
        bind 0.0.0.0
        #    ^^^^^^^ this server answers over IPv4 only: write :: for both families
      </source>
`;

accepts("the same for both families")`
  kind: ConfigMap
  data:
    mongod.conf: |
      net: {bindIp: "::,0.0.0.0", ipv6: true}
    rabbitmq.conf: |
      listeners.tcp.1 = 0.0.0.0:5672
      listeners.tcp.2 = :::5672
      management.tcp.port = 15672
    mosquitto.conf: |
      listener 1883 0.0.0.0
      listener 1883 ::
      listener 8883
    fluent.conf: |
      <source>
        bind ::
      </source>
`;

reports("a file in the values of a chart")`
  configMaps:
    config:
      data:
        mosquitto.conf: |
          listener 1883 0.0.0.0
          #             ^^^^^^^ this server answers over IPv4 only: leave the address out for both families
`;

reports("files under names of a chart's or an operator's own", { cluster: "v6" })`
  redis:
    configuration: |-
      bind 0.0.0.0
      #    ^^^^^^^ 💡 this server answers over IPv4 only: write * -::* for both families
      appendonly yes
  config:
    service: |
      [SERVICE]
          HTTP_Listen 0.0.0.0
          #           ^^^^^^^ 💡 this server answers over IPv4 only: write :: for both families
  ---
  apiVersion: k8s.mariadb.com/v1alpha1
  kind: MariaDB
  spec:
    myCnf: |
      [mariadb]
      bind-address=0.0.0.0
      #            ^^^^^^^ 💡 this server answers over IPv4 only: write :: for both families
`;

reports("mongod on :: alone, whose sockets are for IPv6 only, where IPv4 comes first", { cluster: "dual-v4" })`
  apiVersion: mongodbcommunity.mongodb.com/v1
  kind: MongoDBCommunity
  spec:
    additionalMongodConfig:
      net: {ipv6: true, bindIp: "localhost,::"}
      #                         ^^^^^^^^^^^^^^ this server answers over IPv6 only: write ::,0.0.0.0 for both families
`;

accepts("mongod on both, and on its own alone", { cluster: "dual-v4" })`
  apiVersion: mongodbcommunity.mongodb.com/v1
  kind: MongoDBCommunity
  spec:
    additionalMongodConfig:
      net: {ipv6: true, bindIp: "::,0.0.0.0"}
---
  apiVersion: mongodb.com/v1
  kind: MongoDB
  spec:
    additionalMongodConfig: {net.ipv6: true, net.bindIp: "::1,localhost"}
`;

// https://github.com/emqx/emqx/issues/15777, https://docs.gunicorn.org/en/stable/settings.html#bind
reports("EMQX, gunicorn's file, and a file of ClickHouse in its operator's object", { cluster: "v6" })`
  apiVersion: apps.emqx.io/v2beta1
  kind: EMQX
  spec:
    config:
      data: |
        listeners.tcp.default { bind = "0.0.0.0:1883" }
        #                               ^^^^^^^^^^^^ this server answers over IPv4 only: write [::]:1883 for both families
        # dashboard.listeners.http.bind = "0.0.0.0:18083"
  ---
  apiVersion: v1
  kind: ConfigMap
  data:
    gunicorn.conf.py: |
      bind = "0.0.0.0:8000"
      #      ^^^^^^^^^^^^^^ this server answers over IPv4 only: write [::]:8000 for both families
  ---
  apiVersion: clickhouse.altinity.com/v1
  kind: ClickHouseInstallation
  spec:
    configuration:
      files:
        config.d/listen.xml: |
          <clickhouse><listen_host>0.0.0.0</listen_host></clickhouse>
          #                        ^^^^^^^ 💡 this server answers over IPv4 only: write :: for both families
`;

accepts("the same for both families", { cluster: "v6" })`
  apiVersion: apps.emqx.io/v2beta1
  kind: EMQX
  spec:
    config: {data: 'listeners.tcp.default.bind = "[::]:1883"'}
  ---
  apiVersion: apps.emqx.io/v2beta1
  kind: EMQX
  spec:
    config: {data: 'listeners.tcp {four {bind = "0.0.0.0:1883"}, six {bind = "[::]:1883"}}'}
  ---
  apiVersion: v1
  kind: ConfigMap
  data:
    gunicorn.conf.py: |
      bind = ["0.0.0.0:8000", "[::1]:8000"]
`;
