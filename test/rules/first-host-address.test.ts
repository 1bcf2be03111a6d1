import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("first-host-address");

for (const cluster of ["dual-v4", "dual-v6"] as const)
  reports("all addresses where one is wanted", { cluster })`
    kind: Pod
    spec:
      containers:
        - command: [sh, -c, "redis-server --cluster-announce-ip $(hostname -i)"]
          #                                                     ^^^^^^^^^^^^^^ prints both addresses of a dual-stack pod, and one is wanted: take status.podIP
        - args: ["IP=\`hostname --all-ip-addresses\`; exec app $IP"]
          #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ prints both addresses of a dual-stack pod, and one is wanted: take status.podIP
    ---
    kind: ConfigMap
    data:
      start.sh: "MY_IP=$(hostname -I) && run"
      #                ^^^^^^^^^^^^^^ prints both addresses of a dual-stack pod, and one is wanted: take status.podIP
  `;

reports("the first where IPv6 comes first", { cluster: "dual-v6" })`
  kind: ConfigMap
  data:
    start.sh: "MY_IP=$(hostname -I | awk '{print $1}') && run"
    #                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the first is the IPv4 address, and IPv6 comes first in this cluster: take status.podIP
`;

accepts("the first where IPv4 comes first, and those that look for a family", { cluster: "dual-v4" })`
  kind: ConfigMap
  data:
    start.sh: |
      A=$(hostname -I | awk '{print $1}')
      B=$(hostname -i | grep -oE '[0-9.]+')
      C=$(hostname -f)
      D=$(hostname)
      # hostname -i
`;

for (const cluster of ["unknown", "v4", "v6"] as const)
  accepts("one family, or nobody knows", { cluster })`
    kind: ConfigMap
    data: {start.sh: "IP=$(hostname -i)"}
  `;

reports("in the line of a script", { cluster: "dual-v4" })`
  kind: ConfigMap
  data:
    start.sh: |
      set -e
      MY_IP=$(hostname -i)
      #     ^^^^^^^^^^^^^^ prints both addresses of a dual-stack pod, and one is wanted: take status.podIP
`;
