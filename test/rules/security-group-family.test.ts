import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("security-group-family");

reports("an IPv6 prefix in a rule for IPv4, and an IPv4 address in one for IPv6")`
  apiVersion: kubeovn.io/v1
  kind: SecurityGroup
  metadata: {name: web}
  spec:
    ingressRules:
      - policy: allow
        remoteType: address
        remoteAddress: fd1b:9a5c:7e07::/64
        ipVersion: ipv4
        #          ^^^^ 💡 this rule is for ipv4, and fd1b:9a5c:7e07::/64 is IPv6: OVN takes no such match
    egressRules:
      - policy: drop
        remoteType: address
        remoteAddress: 10.0.0.5
        ipVersion: ipv6
        #          ^^^^ this rule is for ipv6, and 10.0.0.5 is IPv4: OVN takes no such match
`;

accepts("what fits, a group for a peer, a version that is none, and a template")`
  apiVersion: kubeovn.io/v1
  kind: SecurityGroup
  metadata: {name: web}
  spec:
    ingressRules:
      - {ipVersion: ipv4, policy: allow, remoteType: address, remoteAddress: 10.0.0.0/8}
      - {ipVersion: ipv6, policy: allow, remoteType: address, remoteAddress: "fd1b:9a5c:7e07::/64"}
      - {ipVersion: ipv6, policy: allow, remoteType: securityGroup, remoteSecurityGroup: other}
      - {ipVersion: IPv5, policy: allow, remoteType: address, remoteAddress: 10.0.0.0/8}
      - {ipVersion: ipv4, policy: allow, remoteType: address, remoteAddress: "{{ .peer }}"}
`;
