import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("plan-node-prefix");

reports("what an install script of k3s is given in cloud-init and in a ConfigMap")`
  #cloud-config
  runcmd:
    - curl -sfL https://get.k3s.io | INSTALL_K3S_EXEC="server --cluster-cidr=10.42.0.0/16,fd12:3456:789a:42::/112" sh -
    #                                                                                     ^^^^^^^^^^^^^^^^^^^^^^^ fd12:3456:789a:42::/112 has no room for a node's /64: write /48 to /63, or set kube-controller-manager-arg: node-cidr-mask-size-ipv6
  ---
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: install}
  data:
    install.sh: |
      # k3s server --cluster-cidr fd12:3456::/120
      k3s server --flannel-ipv6-masq \
        --cluster-cidr 10.42.0.0/16,fd12:3456:7800::/40
        #                           ^^^^^^^^^^^^^^^^^^^ New CIDR set failed; the node CIDR size (/64) is too big: write /48 to /63
`;

reports("k3d, which hands arguments on to k3s")`
  apiVersion: k3d.io/v1alpha5
  kind: Simple
  options:
    k3s:
      extraArgs:
        - arg: --cluster-cidr=10.42.0.0/16,fd12:3456:789a:42::/112
          #                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fd12:3456:789a:42::/112 has no room for a node's /64: write /48 to /63, or set kube-controller-manager-arg: node-cidr-mask-size-ipv6
          nodeFilters: [server:*]
`;

accepts("variables, other programs' flags, and a comment")`
  jobs:
    test:
      steps:
        - run: |
            # k3s server --cluster-cidr=fd12:3456:789a:42::/112
            k3s server --cluster-cidr=$PODS --service-cidr "$SERVICES"
            helm install x --set a --cluster-cidr=fd12:3456:789a:42::/112
`;

const kubeadm = testing("kubeadm-subnet-size");

kubeadm.reports("minikube's flags in a workflow, and kubeadm's in a script that cloud-init writes")`
  jobs:
    test:
      steps:
        - run: |
            minikube start --cni=calico \
              --extra-config=kubeadm.pod-network-cidr=10.244.0.0/16,fd12:3456:789a::/56 \
              --service-cluster-ip-range=10.96.0.0/12,fd12:3456:789b::/64
              #                                       ^^^^^^^^^^^^^^^^^^^ specified service subnet is too large; for 128-bit addresses, the mask must be >= 108
  ---
  write_files:
    - path: /root/init.sh
      content: |
        kubeadm init --service-cidr 10.96.0.0/16,fd12:3456:789b::/64 --apiserver-advertise-address $IP
        #                                        ^^^^^^^^^^^^^^^^^^^ specified service subnet is too large; for 128-bit addresses, the mask must be >= 108
`;

kubeadm.reports("commands that cloud-init is given word by word")`
  runcmd:
    - [kubeadm, init, "--pod-network-cidr=10.244.0.0/16,fd12:3456:789a::/56", "--service-cidr=10.96.0.0/16,fd12:3456:789b::/64"]
    #                                                                                                      ^^^^^^^^^^^^^^^^^^^ specified service subnet is too large; for 128-bit addresses, the mask must be >= 108
    - - kubeadm
      - init
      - --service-cidr
      - fd12:3456:789b::/64
      # ^^^^^^^^^^^^^^^^^^^ specified service subnet is too large; for 128-bit addresses, the mask must be >= 108
    - [sh, -c, "kubeadm init --service-cidr fd12:3456:789b::/64"]
    #                                       ^^^^^^^^^^^^^^^^^^^ specified service subnet is too large; for 128-bit addresses, the mask must be >= 108
`;

kubeadm.accepts("other commands' words, and what is right")`
  runcmd:
    - [ip, -6, route, add, "fd00::/8", via, "fe80::1"]
    - [kubeadm, init, --service-cidr, "10.96.0.0/16,fd12:3456:789b::/112"]
    - [echo, kubeadm, --service-cidr, $SERVICES]
`;
