# https://github.com/k3s-io/k3s/issues/3578
# right: a cluster-cidr of /48 to /63
# says: plan-node-prefix error script
---
#!/bin/sh
curl -sfL https://get.k3s.io | INSTALL_K3S_EXEC="\
  --cluster-cidr=10.42.0.0/16,fd6d:42::/112 \
  --service-cidr=10.43.0.0/16,fd6d:43::/112 \
  --flannel-backend=none" sh -
