import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("host-port-bare-address");

reports("what can only be a port, and what is likely one")`
  kind: Pod
  spec:
    containers:
      - args:
          - --bind=:::8080
          #        ^^^^^^^ 💡 too many colons in address: write [::]:8080 for the port
          - --listen-address=fd12::1:9090
          #                  ^^^^^^^^^^^^ 💡 too many colons in address: write [fd12::1]:9090 for the port
        env:
          - name: PEER
            value: fd12:1:2:3:4:5:6:7:53
            #      ^^^^^^^^^^^^^^^^^^^^^ 💡 too many colons in address: write [fd12:1:2:3:4:5:6:7]:53 for the port
`;

accepts("brackets, lone addresses, every address, a port alone, MAC addresses and times")`
  kind: Pod
  spec:
    containers:
      - args: ["--listen=[::]:8080", "--node-ip=fd12::1:8080", "--bind=::", "--listen=:8080", "--listen=fd12::1"]
        env:
          - {name: MAC, value: "00:1a:2b:3c:4d:5e"}
          - {name: AT, value: "12:30:00"}
          - {name: ADDR, value: "10.0.0.1:8080"}
`;

fixes("by brackets")`
  kind: Pod
  spec:
    containers:
      - args: ["--listen=:::8080"] # all
`.to`
  kind: Pod
  spec:
    containers:
      - args: ["--listen=[::]:8080"] # all
`;

reports("the value of a flag in the item before it")`
  kind: Pod
  spec:
    containers:
      - args: [--listen, "fd00::1:8080"]
        #                ^^^^^^^^^^^^^^ 💡 too many colons in address: write [fd00::1]:8080 for the port
`;

accepts("an address behind a flag that is not about listening, and one behind another address")`
  kind: Pod
  spec:
    containers:
      - args: [--node-ip, "fd00::1:8080", --listen, "fd00::1", "fd00::1:8080"]
        env: [{name: POD, value: "fd00::1:8080"}]
`;
