import type { Outcome } from "./symptom.ts";

/** What connect() says, as people know it from its manual. {@link https://man7.org/linux/man-pages/man3/errno.3.html} */
export const errorWords: Readonly<Partial<Record<Outcome, string>>> = {
  refused: "connection refused",
  "network-unreachable": "network is unreachable",
  "host-unreachable": "no route to host",
  invalid: "invalid argument",
  "no-local-address": "cannot assign requested address",
  "no-family": "address family not supported",
};
