import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("ping-size");

reports("the size for IPv4, in a script and in words")`
  kind: Pod
  spec:
    containers:
      - command: [sh, -c, "sleep 1 && ping6 -c 1 -s 1472 b"]
      #                                             ^^^^ over IPv6 the most that fits an MTU of 1500 is -s 1452, with -M do
        startupProbe:
          exec: {command: [/bin/ping, "-6", -s1460, b]}
          #                                 ^^^^^^ over IPv6 the most that fits an MTU of 1500 is -s 1452, with -M do
`;

accepts("the size for IPv6, IPv4, and jumbo frames")`
  kind: Pod
  spec:
    containers:
      - command: [sh, -c, "ping6 -s 1452 b; ping -s 1472 b; ping6 -s 8952 b"]
`;
