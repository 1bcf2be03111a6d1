import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("rabbitmq-distribution");

reports("a node without IPv6, and tools without it", { cluster: "v6" })`
  kind: Pod
  spec:
    containers:
      - image: docker.io/library/rabbitmq:4.1
        env:
          - {name: RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS, value: "-kernel inet_dist_listen_min 25672"}
          #                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ nodes find each other over IPv4, which there is none of: add -proto_dist inet6_tcp
      - image: rabbitmq
        env:
          - {name: RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS, value: "-proto_dist inet6_tcp"}
          #                                                    ^^^^^^^^^^^^^^^^^^^^^^^ rabbitmqctl does not look for the node over IPv6: give it the same in RABBITMQ_CTL_ERL_ARGS
`;

accepts("both over IPv6, and IPv4 where there is IPv4", { cluster: "dual-v4" })`
  kind: Pod
  spec:
    containers:
      - image: rabbitmq
        env:
          - {name: RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS, value: "-proto_dist inet6_tcp"}
          - {name: RABBITMQ_CTL_ERL_ARGS, value: "-proto_dist inet6_tcp"}
      - image: rabbitmq
        env:
          - {name: RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS, value: "+S 2:2"}
`;
