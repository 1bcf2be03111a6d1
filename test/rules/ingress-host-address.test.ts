import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("ingress-host-address");

reports("hosts that are addresses")`
  apiVersion: networking.k8s.io/v1
  kind: Ingress
  spec:
    rules:
      - host: "fd00::5"
        #     ^^^^^^^^^ must be a DNS name, not an IP address; leave host out to serve every name
      - host: 10.0.0.5
        #     ^^^^^^^^ must be a DNS name, not an IP address; leave host out to serve every name
    tls:
      - hosts: ["[fd00::5]"]
      #         ^^^^^^^^^^^ a lowercase RFC 1123 subdomain is wanted, not an IPv6 address; write a DNS name
      - hosts: [10.0.0.5]
      #         ^^^^^^^^ TLS clients send no IP address as a server name; write a DNS name
`;

accepts("names, wildcards, no host, and names of digits")`
  apiVersion: networking.k8s.io/v1
  kind: Ingress
  spec:
    rules: [{host: shop.example.net}, {host: "*.example.net"}, {}, {host: 10.0.0.5.nip.io}, {host: "{{ .host }}"}]
    tls: [{hosts: [shop.example.net]}]
`;
