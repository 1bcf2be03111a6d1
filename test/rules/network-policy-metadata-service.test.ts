import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("network-policy-metadata-service");

reports("::/0 beside 0.0.0.0/0 that keeps the metadata service out")`
  kind: NetworkPolicy
  spec:
    egress:
      - to:
          - ipBlock: {cidr: 0.0.0.0/0, except: [169.254.0.0/16]}
          - ipBlock: {cidr: "::/0", except: ["fe80::/10"]}
          #                 ^^^^^^ 💡 ::/0 holds the AWS metadata service at fd00:ec2::254; except it here too
`;

accepts("an except of both, and of neither")`
  kind: NetworkPolicy
  spec:
    egress:
      - to:
          - ipBlock: {cidr: 0.0.0.0/0, except: [169.254.169.254/32]}
          - ipBlock: {cidr: "::/0", except: ["fd00::/8"]}
      - to:
          - ipBlock: {cidr: 0.0.0.0/0}
          - ipBlock: {cidr: "::/0"}
`;

fixes("by one more except")`
  kind: NetworkPolicy
  spec:
    egress:
      - to:
          - ipBlock: {cidr: 0.0.0.0/0, except: [169.254.169.254/32]}
          - ipBlock:
              cidr: ::/0
              except:
                - fe80::/10 # links
`.to`
  kind: NetworkPolicy
  spec:
    egress:
      - to:
          - ipBlock: {cidr: 0.0.0.0/0, except: [169.254.169.254/32]}
          - ipBlock:
              cidr: ::/0
              except:
                - fe80::/10 # links
                - fd00:ec2::254/128
`;
