# https://github.com/cilium/cilium/issues/20733
# right: a pool of /96 to /112 for a mask of 112
# says: cilium-pool-size error script
---
#!/bin/bash
helm upgrade --install cilium cilium/cilium -n kube-system \
  --set ipv6.enabled=true \
  --set ipam.operator.clusterPoolIPv6PodCIDRList='{fd6d:4a::/48}' \
  --set ipam.operator.clusterPoolIPv6MaskSize=112
