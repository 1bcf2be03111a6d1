import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("metallb-pool-range");

reports("ends out of order, of two families, and no address")`
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  spec:
    addresses:
      - fd12:3456:789d::20-fd12:3456:789d::10
      # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 start IP "fd12:3456:789d::20" is after the end IP "fd12:3456:789d::10": swap them
      - 192.168.50.10-fd12:3456:789d::20
      # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ start IP "192.168.50.10" is IPv4 and end IP "fd12:3456:789d::20" IPv6: write two ranges
      - 192.168.50.10-20
      # ^^^^^^^^^^^^^^^^ invalid IP range "192.168.50.10-20": invalid end IP "20"
`;

accepts("ranges of both families, blanks, a prefix, a template")`
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  spec:
    addresses:
      - 192.168.50.10-192.168.50.20
      - fd12:3456:789d::10 - fd12:3456:789d::20
      - fd12:3456:789d:1::/120
      - {{ .Values.first }}-{{ .Values.last }}
      - \${FIRST}-\${LAST}
`;

fixes("by swapping the ends")`
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  spec:
    addresses:
      - "fd12:3456:789d::20-fd12:3456:789d::10" # edge
`.to`
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  spec:
    addresses:
      - "fd12:3456:789d::10-fd12:3456:789d::20" # edge
`;

reports("pools as MetalLB had them before, in its ConfigMap")`
  kind: ConfigMap
  metadata: {name: config, namespace: metallb-system}
  data:
    config: |
      address-pools:
        - name: default
          addresses: ["fd12:3456:789d::20-fd12:3456:789d::10"]
          #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 start IP "fd12:3456:789d::20" is after the end IP "fd12:3456:789d::10": swap them
`;
