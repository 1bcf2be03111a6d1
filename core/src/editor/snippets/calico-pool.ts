import type { Snippet } from "../snippet.ts";

export const snippet: Snippet = {
  title: "Calico IPv6 pool",
  body: `apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: \${1:ipv6-pool}
spec:
  cidr: {{ula}}
  blockSize: 122
  ipipMode: Never
  vxlanMode: \${2:CrossSubnet}
  natOutgoing: true
  nodeSelector: all()
`,
  source: "https://docs.tigera.io/calico/latest/reference/resources/ippool",
};
