import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("pod-ip-in-address");

reports("a URL and a host with a port")`
  kind: Deployment
  spec:
    template:
      spec:
        containers:
          - args: ["--advertise=http://\$(POD_IP)/", "--listen=\$(NODE):8080"]
          #                            ^^^^^^^^^ $(POD_IP) may be IPv6, and then this lacks its brackets: let the program join address and port
          #                                                   ^^^^^^^ $(NODE) may be IPv6, and then this lacks its brackets: let the program join address and port
            env:
              - name: POD_IP
                valueFrom: {fieldRef: {fieldPath: status.podIP}}
              - name: NODE
                valueFrom: {fieldRef: {fieldPath: status.hostIP}}
`;

accepts("the address alone, brackets, another variable")`
  kind: Pod
  spec:
    containers:
      - args: ["--ip=\$(POD_IP)", "--listen=[\$(POD_IP)]:8080", "http://\$(HOST):80", "\$(UNKNOWN):80"]
        env:
          - {name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
          - {name: HOST, value: web}
`;

accepts("pods that have IPv4 alone", { cluster: "v4" })`
  kind: Pod
  spec:
    containers:
      - args: ["http://\$(POD_IP):80"]
        env:
          - {name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
`;

reports("pods that have IPv4 first here", { cluster: "dual-v4" })`
  kind: Pod
  spec:
    containers:
      - args: ["http://\$(POD_IP):80"]
        #              ^^^^^^^^^ $(POD_IP) may be IPv6, and then this lacks its brackets: let the program join address and port
        env:
          - {name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
`;

accepts("a variable that is escaped")`
  kind: Pod
  spec:
    containers:
      - name: c
        args: ["http://$$(POD_IP):8080"]
        env:
          - name: POD_IP
            valueFrom: {fieldRef: {fieldPath: status.podIP}}
`;

reports("one behind a dollar that is")`
  kind: Pod
  spec:
    containers:
      - name: c
        args: ["--price=$$$(POD_IP):8080"]
        #                 ^^^^^^^^^ $(POD_IP) may be IPv6, and then this lacks its brackets: let the program join address and port
        env:
          - name: POD_IP
            valueFrom: {fieldRef: {fieldPath: status.podIP}}
`;

reports("a collector's and a script's variables, in an object, in values and in a ConfigMap", { cluster: "v6" })`
  apiVersion: opentelemetry.io/v1beta1
  kind: OpenTelemetryCollector
  spec:
    config:
      receivers: {otlp: {protocols: {grpc: {endpoint: "\${env:MY_POD_IP}:4317"}}}}
      #                                                ^^^^^^^^^^^^^^^^ \${env:MY_POD_IP} may be IPv6, and then this lacks its brackets; on IPv6 alone write [\${env:MY_POD_IP}]
---
  config:
    receivers: {jaeger: {protocols: {grpc: {endpoint: "\${MY_POD_IP}:14250"}}}}
    #                                                  ^^^^^^^^^^^^ \${MY_POD_IP} may be IPv6, and then this lacks its brackets; on IPv6 alone write [\${MY_POD_IP}]
---
  kind: ConfigMap
  data:
    relay: |
      endpoint: \${env:HOST_IP}:4317
      #         ^^^^^^^^^^^^^^ \${env:HOST_IP} may be IPv6, and then this lacks its brackets; on IPv6 alone write [\${env:HOST_IP}]
`;

accepts("brackets, a name, and what is no port", { cluster: "v6" })`
  config:
    receivers: {a: {endpoint: "[\${env:MY_POD_IP}]:4317"}, b: {endpoint: "\${env:POD_NAME}:4317"}, c: "\${POD_IP}: x"}
`;

accepts("where there is no IPv6", { cluster: "v4" })`
  config: {endpoint: "\${env:MY_POD_IP}:4317"}
`;

// https://github.com/hashicorp/consul-helm/issues/969
reports("what a shell puts in, in a script of a container", { cluster: "v6" })`
  apiVersion: v1
  kind: Pod
  spec:
    containers:
      - name: kafka
        command:
          - sh
          - -c
          - |
            # export OLD=http://$POD_IP:1
            export KAFKA_ADVERTISED_LISTENERS=PLAINTEXT://\${POD_IP}:9092
            #                                             ^^^^^^^^^ $POD_IP may be IPv6, and then this lacks its brackets: write [$POD_IP] where it is
        env: [{name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]
`;

reports("what Kubernetes puts in, in values", { cluster: "v6" })`
  extraEnvironmentVars: {VAULT_API_ADDR: "http://$(POD_IP):8200"}
  #                                              ^^^^^^^^^ $(POD_IP) may be IPv6, and then this lacks its brackets; on IPv6 alone write [$(POD_IP)]
`;

accepts("a script that tells the families apart, and variables of another kind", { cluster: "v6" })`
  apiVersion: v1
  kind: Pod
  spec:
    containers:
      - name: app
        args:
          - |
            case $POD_IP in *:*) a="[$POD_IP]:80" ;; *) a="$POD_IP:80" ;; esac
          - exec app --name \${NAME}:9092 --host \\\${HOST_IP}:1
        env:
          - {name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
          - {name: HOST_IP, valueFrom: {fieldRef: {fieldPath: status.hostIP}}}
`;
