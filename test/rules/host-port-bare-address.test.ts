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

reports("every host of a list")`
  kind: Pod
  spec:
    containers:
      - args:
          - --bind=:::2380,:::2381
          #        ^^^^^^^ 💡 too many colons in address: write [::]:2380 for the port
          #                ^^^^^^^ 💡 too many colons in address: write [::]:2381 for the port
          - --peers=fd12::2:2380,fd12::3:2380
          #         ^^^^^^^^^^^^ 💡 too many colons in address: write [fd12::2]:2380 for the port
          #                      ^^^^^^^^^^^^ 💡 too many colons in address: write [fd12::3]:2380 for the port
          - --endpoint
          - "[fd12::2]:7000 db-1.db:7000 fd12::3:7000"
          #                              ^^^^^^^^^^^^ 💡 too many colons in address: write [fd12::3]:7000 for the port
`;

accepts("a list of addresses, one of hosts and ports with brackets, and a script")`
  kind: Pod
  spec:
    containers:
      - args:
          - --peers=fd12::2,fd12::3
          - --peers=fd12::1:a,fd12::1:b
          - --node-ips=fd12::2:2380,fd12::3:2380
          - --servers=fd12::1:53,fd12::2:53
          - --servers=fd12::1111,fd13::1111
          - --peers=[fd12::2]:2380,[fd12::3]:2380,db-1.db:2380
          - nc -l :::8080
`;

fixes("one host of a list after another")`
  kind: Pod
  spec:
    containers:
      - args: ["--peers=fd12::2:2380, fd12::3:2380"]
`.to`
  kind: Pod
  spec:
    containers:
      - args: ["--peers=[fd12::2]:2380, [fd12::3]:2380"]
`;

reports("the value of a ConfigMap")`
  kind: ConfigMap
  data:
    LISTEN: ":::8080"
    #       ^^^^^^^^^ 💡 too many colons in address: write [::]:8080 for the port
    upstream-address: fd12::1:8080
    #                 ^^^^^^^^^^^^ 💡 too many colons in address: write [fd12::1]:8080 for the port
`;

accepts("brackets, addresses and files in a ConfigMap")`
  kind: ConfigMap
  data:
    LISTEN: "[::]:8080"
    HOST: "::"
    POD: fd12::1:8080
    listen.txt: |
      :::8080
      fd12::1:8080
`;

reports("where a program listens at its usual port")`
  kind: Pod
  spec:
    containers:
      - args:
          - --listen=fd12::1:6443
          #          ^^^^^^^^^^^^ 💡 too many colons in address: write [fd12::1]:6443 for the port
          - --bind=fd12::1:8080
          #        ^^^^^^^^^^^^ 💡 too many colons in address: write [fd12::1]:8080 for the port
          - --web.listen-address
          - fd12::1:9093
          # ^^^^^^^^^^^^ 💡 too many colons in address: write [fd12::1]:9093 for the port
        env:
          - {name: BIND_ADDRESS, value: "fd12::1:3306"}
          #                             ^^^^^^^^^^^^^^ 💡 too many colons in address: write [fd12::1]:3306 for the port
`;

accepts("addresses that end like a port, another name, and flags that take an address alone")`
  kind: Pod
  spec:
    containers:
      - args:
          - --listen=2001:4860:4860::8888
          - --listen=fd12:1:2:3:4:5:6:6443
          - --bind=fd12::1:6444
          - --bind=fd12::1:a:53a
          - --db=fd12::1:3306
          - --upstream=fd12::1:8888
          - --node-ip=fd12::1:6443
      - command: [kube-apiserver, --bind-address=fd12::1:6443]
`;

reports("a list of name servers, whose port is that of DNS")`
  apiVersion: v1
  kind: Pod
  spec:
    containers:
      - name: a
        args: ["--dns01-recursive-nameservers=2606:4700:4700::1111:53"]
        #                                     ^^^^^^^^^^^^^^^^^^^^^^^ 💡 too many colons in address: write [2606:4700:4700::1111]:53 for the port
`;

reports("values, an operator's object, a YAML file and HCL")`
  config: {endpoint: ":::4318", targets: ["fd12:3456:789a::1:9100"]}
  #                  ^^^^^^^^^ 💡 too many colons in address: write [::]:4318 for the port
  #                                       ^^^^^^^^^^^^^^^^^^^^^^^^ 💡 too many colons in address: write [fd12:3456:789a::1]:9100 for the port
---
  apiVersion: opentelemetry.io/v1beta1
  kind: OpenTelemetryCollector
  spec: {config: {exporters: {otlp: {endpoint: "fd12:3456:789a:1:2:3:4:5:4317"}}}}
  #                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 too many colons in address: write [fd12:3456:789a:1:2:3:4:5]:4317 for the port
---
  kind: ConfigMap
  data:
    vault.hcl: |
      listener "tcp" {
        address = ":::8200"
        #          ^^^^^^^ 💡 too many colons in address: write [::]:8200 for the port
        cluster_address = "[::]:8201"
      }
    config.yaml: |
      scrape_configs: [{static_configs: [{targets: ["fd12:3456:789a::1:9100"]}]}]
      #                                             ^^^^^^^^^^^^^^^^^^^^^^^^ 💡 too many colons in address: write [fd12:3456:789a::1]:9100 for the port
`;

accepts("what is no address and a port in values")`
  mac: "52:54:00:12:34:56"
  at: "12:30:45"
  address: "fd12:3456:789a::1"
  image: "registry:5000/app:1"
`;

accepts("an address that ends in what could be a port, which no address stands before")`
  kind: ConfigMap
  data:
    VIP_ADDR: "fd00::80"
    LISTEN_ADDR: "2001:db8:1::443"
    SERVICE_ENDPOINT: "fd00:1::8080"
    DNS_SERVER: "fd00::53"
  ---
  config: {nameservers: ["fd00::53"], resolver: "2001:db8::53", server: "fd00::8080"}
`;

reports("an argument in values, by the name of its flag")`
  extraArgs:
    - --dns01-recursive-nameservers=2606:4700:4700::1001:53
    #                               ^^^^^^^^^^^^^^^^^^^^^^^ 💡 too many colons in address: write [2606:4700:4700::1001]:53 for the port
`;

reports("cert-manager's name servers, each of which needs a port")`
  kind: Deployment
  spec:
    template:
      spec:
        containers:
          - name: cert-manager-controller
            args:
              - --acme-http01-solver-nameservers=2001:4860:4860::8888
              #                                  ^^^^^^^^^^^^^^^^^^^^ 💡 too many colons in address: write [2001:4860:4860::8888]:53 for the port
              - --dns01-recursive-nameservers=1.1.1.1:53,[2606:4700:4700::1111]:53
`;

reports("the name server of an issuer, which takes a port or none")`
  apiVersion: cert-manager.io/v1
  kind: ClusterIssuer
  metadata: {name: x}
  spec:
    acme:
      solvers: [{dns01: {rfc2136: {nameserver: "fd00::53"}}}]
      #                                        ^^^^^^^^^^ 💡 too many colons in address: write [fd00::53]
`;

// https://github.com/hashicorp/vault-helm/issues/1193, https://github.com/databendlabs/helm-charts/issues/137
reports("the listeners of Vault in its chart's values, and TOML with quotes and without")`
  server:
    ha:
      config: |
        ui = true
        listener "tcp" {
          address = ":::8200"
          #          ^^^^^^^ 💡 too many colons in address: write [::]:8200 for the port
          cluster_address = "[::]:8201"
        }
  ---
  apiVersion: v1
  kind: ConfigMap
  data:
    meta.toml: |
      [api]
      grpc_api_address = ":::9191"
      #                   ^^^^^^^ 💡 too many colons in address: write [::]:9191 for the port
      admin_addr = :::9192
      #            ^^^^^^^ 💡 too many colons in address: write [::]:9192 for the port
      raft_addr = "fd12::9191"
`;

reports("seeds of a cluster, and whom a collector sends to")`
  discovery.seed_hosts: "fd12:60::9:9300,fd12:60::a:9300"
  #                      ^^^^^^^^^^^^^^^ 💡 too many colons in address: write [fd12:60::9]:9300 for the port
  #                                      ^^^^^^^^^^^^^^^ 💡 too many colons in address: write [fd12:60::a]:9300 for the port
  exporters: {otlp: {endpoint: "fd12:61::9:4317"}}
  #                            ^^^^^^^^^^^^^^^^^ 💡 too many colons in address: write [fd12:61::9]:4317 for the port
`;

accepts("hosts that are addresses alone")`
  hosts: "fd12::80,fd12::443"
  allowedHosts: [fd12:61::9]
`;
