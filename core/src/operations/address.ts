import { operation } from "./operation.ts";

export const address = operation({
  name: "address",
  summary: "what an IPv4 or IPv6 address or prefix is: its range, its size, its canonical text",
  usage: "[OPTIONS] ADDRESS...",
  operands: { name: "addresses", says: "addresses or prefixes, such as fd00:10:96::a or 2001:db8::/32", many: true },
  says: `Says of each address or prefix which range of IANA's registries it lies in and what that means, how large it is, how RFC 5952
writes it, and what it holds of another family (IPv4-mapped, NAT64, 6to4, Teredo). Nothing is looked up outside.`,
  inputs: { format: { short: "o", takes: ["text", "json"], says: "how to print", byDefault: "text" } },
  tool: {
    title: "Explain addresses",
    says: "Which special range IPv4 or IPv6 addresses and prefixes lie in, what that means for routing, their size and canonical text. Works without a cluster.",
    takes: [],
    required: ["addresses"],
  },
  exits: {
    0: "each was an address or a prefix",
    1: "something was none",
    2: "wrong usage",
  },
  writes: "nothing",
});
