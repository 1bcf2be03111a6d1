import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("command-ipv4-only");

reports("a probe over IPv4")`
  kind: Pod
  spec:
    containers:
      - livenessProbe:
          exec:
            command: [curl, "-4", "-f", "http://localhost:8080/"]
            #               ^^^^ 💡 curl over IPv4 only fails in pods without IPv4: leave the choice to curl
`;

reports("the same in a script")`
  kind: Pod
  spec:
    containers:
      - command: [sh, -c, "sleep 1; if ! wget -q -4 http://a/; then exit 1; fi"]
      #                                          ^^ wget over IPv4 only fails in pods without IPv4: leave the choice to wget
`;

accepts("what leaves the choice, and a -4 of another program")`
  kind: Pod
  spec:
    containers:
      - command: [sh, -c, "curl -f http://a/ | head -4"]
        readinessProbe:
          exec: {command: [wget, -q, "http://localhost:4/"]}
        livenessProbe:
          exec: {command: [nc, "-4", -z, localhost]}
`;

fixes("by taking it away")`
  kind: Pod
  spec:
    containers:
      - livenessProbe:
          exec:
            command:
              - curl
              - "-4"
              - http://localhost:8080/
`.to`
  kind: Pod
  spec:
    containers:
      - livenessProbe:
          exec:
            command:
              - curl
              - http://localhost:8080/
`;

reports("a container that was added to a running pod")`
  kind: Pod
  spec:
    containers:
      - name: web
    ephemeralContainers:
      - name: debugger
        command: [wget, -4, http://web.shop]
        #               ^^ 💡 wget over IPv4 only fails in pods without IPv4: leave the choice to wget
`;

reports("a letter before others")`
  kind: Pod
  spec:
    containers:
      - command: [curl, -4fsS, "http://web/"]
      #                 ^^^^^ 💡 curl over IPv4 only fails in pods without IPv4: leave the choice to curl
`;

reports("a letter behind others in a script")`
  kind: Pod
  spec:
    containers:
      - command: [sh, -c, "curl -sS4 http://web/"]
      #                         ^^^^ curl over IPv4 only fails in pods without IPv4: leave the choice to curl
`;

accepts("the same letters without it, and a 4 that is a value")`
  kind: Pod
  spec:
    containers:
      - command: [curl, -fsS, -m4, "http://web/"]
      - command: [curl, -6fsS, "http://web/?a=-4b"]
`;

fixes("by keeping the other letters")`
  kind: Pod
  spec:
    containers:
      - command: [curl, -4fsS, "http://web/"]
      - command: [curl, "-sS4", "http://web/"]
`.to`
  kind: Pod
  spec:
    containers:
      - command: [curl, -fsS, "http://web/"]
      - command: [curl, "-sS", "http://web/"]
`;
