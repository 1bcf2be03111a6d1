import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("image-registry-ipv4");

reports("an image of such a registry", { cluster: "v6" })`
  apiVersion: v1
  kind: Pod
  spec:
    containers:
      - name: a
        image: ghcr.io/acme/app:1
        #      ^^^^^^^^^^^^^^^^^^ no AAAA record of ghcr.io was seen in 2026-10: nodes without IPv4 need a mirror, a proxy or NAT64
`;

accepts("other registries, a mirror", { cluster: "v6" })`
  apiVersion: v1
  kind: Pod
  spec: {containers: [{name: a, image: nginx}, {name: b, image: "mirror.example.org/ghcr.io/acme/app:1"}]}
`;

accepts("nodes that have IPv4", { cluster: "dual-v6" })`
  apiVersion: v1
  kind: Pod
  spec: {containers: [{name: a, image: "ghcr.io/acme/app:1"}]}
`;
