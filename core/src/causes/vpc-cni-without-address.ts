import type { Cause } from "../judging/cause.ts";
import { type Complaint, judgePodEvents } from "../judging/pod-events.ts";

const complaint: Complaint = {
  message: /failed to assign an IP address to container/i,
  fix: "Look at the log of aws-node on that node (/var/log/aws-routed-eni/ipamd.log): IPv6 needs a Nitro instance, ENABLE_PREFIX_DELEGATION=true, the permission ec2:AssignIpv6Addresses, and a subnet with an IPv6 prefix.",
  confirm: "The pod gets an address and starts.",
  lookalike: "addresses-exhausted",
};

export const cause: Cause = {
  layer: "cluster",
  summary: "The AWS VPC CNI has no address to give",
  why: "In IPv6 mode each node gets a /80 prefix for its pods; the instance type, the role of the node and the subnet have to allow it. Where one of them does not, every pod of the node waits with the same word.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/cni-ipv6.html",
  looksLike: ["addresses-exhausted"], // a pool of the cluster's own is used up there
  code: "C17",

  judge: (subject) => judgePodEvents(subject, complaint),
};
