import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("ip-address-name");

reports("names that are no address in canonical form")`
  apiVersion: networking.k8s.io/v1
  kind: IPAddress
  metadata: {name: "fd00:10:96:0:0:0:0:4040"}
  #                ^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 must be in canonical form ("fd00:10:96::4040")
  ---
  apiVersion: networking.k8s.io/v1
  kind: IPAddress
  metadata: {name: 10.096.0.1}
  #                ^^^^^^^^^^ 💡 must be in canonical form ("10.96.0.1")
  ---
  apiVersion: networking.k8s.io/v1
  kind: IPAddress
  metadata: {name: my-address}
  #                ^^^^^^^^^^ must be a valid IP address: it is a name or other text
  ---
  apiVersion: networking.k8s.io/v1
  kind: IPAddress
  metadata: {name: "::ffff:10.0.0.1"}
  #                ^^^^^^^^^^^^^^^^^ must not be an IPv4-mapped IPv6 address
`;

accepts("canonical text of both families, and the IPAddress of another group")`
  apiVersion: networking.k8s.io/v1
  kind: IPAddress
  metadata: {name: 10.96.0.1}
  ---
  apiVersion: networking.k8s.io/v1
  kind: IPAddress
  metadata: {name: "fd00:10:96::4040"}
  ---
  apiVersion: ipam.cluster.x-k8s.io/v1beta1
  kind: IPAddress
  metadata: {name: machine-0}
`;

fixes("the spelling")`
  apiVersion: networking.k8s.io/v1
  kind: IPAddress
  metadata:
    name: "FD00::1" # gateway
`.to`
  apiVersion: networking.k8s.io/v1
  kind: IPAddress
  metadata:
    name: "fd00::1" # gateway
`;
