#!/bin/sh
curl -sfL https://get.k3s.io | INSTALL_K3S_EXEC="\
  --cluster-cidr=10.42.0.0/16,fd6d:42::/56 \
  --service-cidr=10.43.0.0/16,fd6d:43::/112 \
  --flannel-backend=none" sh -

INSTALL_K3S_VERSION=v1.34.1+k3s1 sh /tmp/k3s-installer agent --server https://[fd6d:49::1]:6443 --token "$TOKEN"

helm upgrade --install cilium cilium/cilium -n kube-system \
  --set ipv6.enabled=true \
  --set ipam.operator.clusterPoolIPv6PodCIDRList='{fd6d:4a::/96}' \
  --set ipam.operator.clusterPoolIPv6MaskSize=112
