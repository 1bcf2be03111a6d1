import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("url-bare-address");

reports("URLs in arguments and in the environment")`
  kind: Pod
  spec:
    containers:
      - args: ["--upstream=http://fd12:3456:789a::1:80/"]
      #                           ^^^^^^^^^^^^^^^^^^^^ 💡 an IPv6 address in a URL needs brackets: write [fd12:3456:789a::1]:80 or [fd12:3456:789a::1:80]
        env:
          - {name: DB, value: "postgres://user:secret@fd12::5/app"}
          #                                           ^^^^^^^ 💡 an IPv6 address in a URL needs brackets: write [fd12::5]
`;

reports("a URL in a file")`
  kind: ConfigMap
  data:
    app.properties: |
      # http://fd12::1/ would be wrong
      name=app
      url=https://fd12:3456:789a::1/api
      #           ^^^^^^^^^^^^^^^^^ 💡 an IPv6 address in a URL needs brackets: write [fd12:3456:789a::1]
`;

accepts("brackets, names, IPv4, times, and nginx's own file")`
  kind: Pod
  spec:
    containers:
      - args: ["--a=http://[fd12::1]:80/", "http://db:80/a:b:c", "http://10.0.0.1:80", "urn://a", "redis://:pass@redis:6379/0"]
  ---
  kind: ConfigMap
  data:
    default.conf: |
      server { location / { proxy_pass http://fd12::1/; } }
`;

fixes("by brackets, in the lines of the file")`
  kind: ConfigMap
  data:
    app.properties: |
      name=app
      url=https://fd12:3456:789a::1/api # upstream
`.to`
  kind: ConfigMap
  data:
    app.properties: |
      name=app
      url=https://[fd12:3456:789a::1]/api # upstream
`;

accepts("an upstream of CoreDNS, which needs no brackets without a port")`
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          forward . tls://2606:4700:4700::1111
      }
`;

reports("what a probe asks")`
  kind: Pod
  spec:
    containers:
      - livenessProbe:
          exec: {command: [curl, -f, "http://fd12::1:8080/healthz"]}
          #                                  ^^^^^^^^^^^^ 💡 an IPv6 address in a URL needs brackets: write [fd12::1]:8080 or [fd12::1:8080]
`;

reports("what kubeadm, k3s and CoreDNS dial")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  etcd:
    external:
      endpoints: ["https://[fd12::1]:2379", https://fd12:3456:789c::2:2379]
      #                                             ^^^^^^^^^^^^^^^^^^^^^^ 💡 an IPv6 address in a URL needs brackets: write [fd12:3456:789c::2]:2379 or [fd12:3456:789c::2:2379]
  ---
  cluster-cidr: fd12:3456:789a::/56
  server: https://fd12:3456:789c::1:6443
  #               ^^^^^^^^^^^^^^^^^^^^^^ 💡 an IPv6 address in a URL needs brackets: write [fd12:3456:789c::1]:6443 or [fd12:3456:789c::1:6443]
`;

reports("what kubeadm starts etcd and the API server with")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  etcd:
    local:
      extraArgs:
        - name: listen-client-urls
          value: https://[::1]:2379,https://fd12:3456:789c::1:2379
          #                                 ^^^^^^^^^^^^^^^^^^^^^^ 💡 an IPv6 address in a URL needs brackets: write [fd12:3456:789c::1]:2379 or [fd12:3456:789c::1:2379]
  ---
  apiVersion: kubeadm.k8s.io/v1beta3
  kind: ClusterConfiguration
  apiServer:
    extraArgs:
      etcd-servers: https://fd12:3456:789c::1:2379
      #                     ^^^^^^^^^^^^^^^^^^^^^^ 💡 an IPv6 address in a URL needs brackets: write [fd12:3456:789c::1]:2379 or [fd12:3456:789c::1:2379]
`;

accepts("the same with brackets, and addresses that stand alone")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  etcd:
    local:
      extraArgs:
        - {name: listen-client-urls, value: "https://[fd12:3456:789c::1]:2379"}
  apiServer:
    extraArgs:
      - {name: bind-address, value: "fd12:3456:789c::1"}
`;

reports("an endpoint in a Corefile, but not what it forwards to")`
  kind: ConfigMap
  metadata: {name: coredns}
  data:
    Corefile: |
      .:53 {
        etcd skydns.local {
          endpoint http://fd12:3456:789c::1:2379
          #               ^^^^^^^^^^^^^^^^^^^^^^ 💡 an IPv6 address in a URL needs brackets: write [fd12:3456:789c::1]:2379 or [fd12:3456:789c::1:2379]
        }
        forward . tls://fd12:3456:789c::53
      }
`;

const many = "  - {kind: ConfigMap, data: {app.properties: a=b}}\n".repeat(200);

reports("a URL in a file of a List that is parsed item by item")`
  kind: List
  items:
  - kind: ConfigMap
    data:
      app.properties: |
        # of the app
        url=https://fd12:3456:789a::1/api
        #           ^^^^^^^^^^^^^^^^^ 💡 an IPv6 address in a URL needs brackets: write [fd12:3456:789a::1]
${many}`;

fixes("a URL there")`
  kind: List
  items:
  - kind: ConfigMap
    data:
      app.properties: |
        url=https://fd12:3456:789a::1/api
${many}`.to`
  kind: List
  items:
  - kind: ConfigMap
    data:
      app.properties: |
        url=https://[fd12:3456:789a::1]/api
${many}`;

reports("the values of a chart and an operator's object")`
  config: {storage: {endpoint: "http://fd12:3456:789a::6:9001"}}
  #                                    ^^^^^^^^^^^^^^^^^^^^^^ 💡 an IPv6 address in a URL needs brackets: write [fd12:3456:789a::6]:9001 or [fd12:3456:789a::6:9001]
---
  apiVersion: example.org/v1
  kind: Backend
  spec: {url: "https://fd12:3456:789a::6/"}
  #                    ^^^^^^^^^^^^^^^^^ 💡 an IPv6 address in a URL needs brackets: write [fd12:3456:789a::6]
`;

reports("what nodes of Talos dial")`
  clusterName: home
  endpoint: https://fd12:3456::5:6443
  #                 ^^^^^^^^^^^^^^^^^ 💡 an IPv6 address in a URL needs brackets: write [fd12:3456::5]:6443 or [fd12:3456::5:6443]
  clusterPodNets: ["fd12:3456:789a::/56"]
`;
