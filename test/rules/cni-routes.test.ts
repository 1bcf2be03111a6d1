import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("cni-routes");

const v4 = '"ranges":[[{"subnet":"10.1.0.0/24"}]]';
const both = '"ranges":[[{"subnet":"10.1.0.0/24"}],[{"subnet":"fd12:1::/64"}]]';

reports("a default route of one family")`
  kind: ConfigMap
  data:
    10-net.conflist: |
      {"cniVersion":"0.3.1","name":"n","plugins":[{"type":"ptp","ipam":{"type":"host-local",${both},"routes":[
      {"dst":"0.0.0.0/0"}
      #      ^^^^^^^^^^^ pods get IPv6 addresses and no IPv6 way out: add a route to ::/0
      ]}}]}
`;

reports("addresses of whereabouts and static ones")`
  kind: ConfigMap
  data:
    a.conf: |
      {"cniVersion":"0.3.1","name":"n","type":"macvlan","ipam":{"type":"whereabouts","ipRanges":[{"range":"fd12:1::10-fd12:1::90/64"}],"routes":[
      {"dst":"0.0.0.0/0"}
      #      ^^^^^^^^^^^ pods get IPv6 addresses and no IPv6 way out: add a route to ::/0
      ]}}
    b.conf: |
      {"cniVersion":"0.3.1","name":"n","type":"macvlan","ipam":{"type":"static","addresses":[{"address":"10.1.0.9/24"}],"routes":[
      {"dst":"::/0"}
      #      ^^^^^^ pods get IPv4 addresses and no IPv4 way out: add a route to 0.0.0.0/0
      ]}}
`;

accepts("one family, both routes, a route to one network, a default gateway")`
  kind: ConfigMap
  data:
    a.conf: '{"cniVersion":"0.3.1","name":"n","type":"ptp","ipam":{"type":"host-local",${v4},"routes":[{"dst":"0.0.0.0/0"}]}}'
    b.conf: '{"cniVersion":"0.3.1","name":"n","type":"ptp","ipam":{"type":"host-local",${both},"routes":[{"dst":"0.0.0.0/0"},{"dst":"::/0"}]}}'
    c.conf: '{"cniVersion":"0.3.1","name":"n","type":"ptp","ipam":{"type":"host-local",${both},"routes":[{"dst":"0.0.0.0/0"},{"dst":"fd99::/48"}]}}'
    d.conf: '{"cniVersion":"0.3.1","name":"n","type":"bridge","isDefaultGateway":true,"ipam":{"type":"host-local",${both},"routes":[{"dst":"0.0.0.0/0"}]}}'
    e.conf: '{"cniVersion":"0.3.1","name":"n","type":"ptp","ipam":{"type":"host-local",${both}}}'
`;
