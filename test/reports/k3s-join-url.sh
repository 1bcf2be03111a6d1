# https://github.com/xunleii/terraform-module-k3s/issues/111
# right: brackets around the address in the URL
# says: url-bare-address error script
---
#!/bin/sh
INSTALL_K3S_VERSION=v1.34.1+k3s1 sh /tmp/k3s-installer agent --server https://fd6d:49::1:6443 --token "$TOKEN"
