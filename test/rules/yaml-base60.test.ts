import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("yaml-base60");

reports("eight groups of decimal digits below 60")`
  kind: Service
  spec:
    externalIPs:
      - 1:20:30:40:50:10:20:30
      # ^^^^^^^^^^^^^^^^^^^^^^ 💡 YAML 1.1 tools read this address as a number in base 60; put it in quotes
`;

accepts("a letter, a group above 59, quotes, and times")`
  kind: Service
  metadata:
    annotations:
      time: 12:30:00
  spec:
    externalIPs:
      - 1:20:30:40:50:10:20:3f
      - 1:20:30:40:50:10:20:60
      - "1:20:30:40:50:10:20:30"
`;
