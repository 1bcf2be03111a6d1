import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("calico-storage-group");

reports("a pool written to the storage")`
  apiVersion: crd.projectcalico.org/v1
  #           ^^^^^^^^^^^^^^^^^^^^^^^^ 💡 crd.projectcalico.org is Calico's own storage, nothing validates it: write projectcalico.org/v3
  kind: IPPool
  spec: {cidr: 10.244.0.0/16}
`;

reports("a policy")`
  apiVersion: crd.projectcalico.org/v1
  #           ^^^^^^^^^^^^^^^^^^^^^^^^ 💡 crd.projectcalico.org is Calico's own storage, nothing validates it: write projectcalico.org/v3
  kind: NetworkPolicy
`;

accepts("the group with validation, and Calico's own bookkeeping")`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  ---
  apiVersion: crd.projectcalico.org/v1
  kind: IPAMBlock
`;
