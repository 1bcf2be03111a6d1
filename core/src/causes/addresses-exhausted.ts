import type { Cause } from "../judging/cause.ts";
import { type Complaint, judgePodEvents } from "../judging/pod-events.ts";

const complaint: Complaint = {
  message:
    /no IP addresses available|no more (?:free )?(?:IPs|addresses)|no addresses available|pool .*exhausted|failed to (?:request|allocate)[^\n]*\b(?:range|pool|IPs? )[^\n]*(?:full|exhausted|no more)/i,
  fix: "Make the pool larger (another IPPool or range; of host-local's addresses in /var/lib/cni/networks those whose pods are gone may go), or fewer pods a node; look whether it is the IPv4 or the IPv6 pool.",
  confirm: "The pod gets addresses and starts.",
  lookalike: "vpc-cni-without-address",
};

export const cause: Cause = {
  layer: "cluster",
  summary: "The pool that pods get their addresses from is used up",
  why: "A pod gets an address of each family or none. The smaller pool decides, mostly that of IPv4; addresses that ended pods never gave back, and blocks that are bound to nodes, use it up sooner than one counts.",
  source: "https://docs.tigera.io/calico/latest/networking/ipam/get-started-ip-addresses",
  looksLike: ["vpc-cni-without-address"], // the cloud gives the address there
  code: "I07",

  judge: (subject) => judgePodEvents(subject, complaint),
};
