import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("documentation-prefix");

reports("each of the prefixes that stand in examples")`
  kind: Service
  spec:
    externalIPs:
      - "2001:db8::1"
      # ^^^^^^^^^^^^^ 2001:db8::1 is a documentation prefix that nobody routes; use a prefix of your own
      - "3fff:1::1"
      # ^^^^^^^^^^^ 3fff:1::1 is a documentation prefix that nobody routes; use a prefix of your own
      - 192.0.2.1
      # ^^^^^^^^^ 192.0.2.1 is a documentation prefix that nobody routes; use a prefix of your own
      - 198.51.100.1
      # ^^^^^^^^^^^^ 198.51.100.1 is a documentation prefix that nobody routes; use a prefix of your own
      - 203.0.113.9
      # ^^^^^^^^^^^ 203.0.113.9 is a documentation prefix that nobody routes; use a prefix of your own
`;

reports("a plan once, not each of its lines")`
  addressing:
    cluster_cidr: 2001:db8::/48
    #             ^^^^^^^^^^^^^ 2001:db8::/48 is a documentation prefix that nobody routes; use a prefix of your own
    services: 2001:db8:1::/112
`;

accepts("neighbours of these prefixes")`
  kind: Service
  spec:
    externalIPs: ["2001:db9::1", "3ffe::1", 192.0.3.1, 203.0.112.9, "fd12::db8"]
`;
