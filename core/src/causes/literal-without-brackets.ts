import { familyOf } from "../addresses/address.ts";
import type { Cause } from "../judging/cause.ts";
import { judgeLastWords, type LastWords } from "../judging/last-words.ts";

const words: LastWords = {
  sentence: /too many colons in address/,
  means: "an IPv6 address stands before its port without brackets",
  fix: "Put brackets around the address where it is put together: [$(POD_IP)]:8080, https://[$(KUBERNETES_SERVICE_HOST)]:443; in Go net.JoinHostPort. A newer version of the program may do so itself.",
  confirm: "The container runs, and its log says nothing of colons.",
  // host:80:80 has as many.
  doubt: (sentence) =>
    isIPv6(/address (\S+): too many/.exec(sentence)?.[1] ?? "") ? undefined : "that it says so of an IPv6 address",
};

function isIPv6(address: string): boolean {
  return [address, address.replace(/:\d+$/, "")].some((one) => familyOf(one) === "IPv6");
}

export const cause: Cause = {
  layer: "application",
  summary: "The program puts an IPv6 address and a port together without brackets, and ends",
  why: "HOST:PORT of an IPv6 address is ambiguous, so libraries refuse it. Arguments such as $(POD_IP):8080 work as long as the first family is IPv4, and end the program where it is IPv6.",
  source: "https://www.rfc-editor.org/rfc/rfc3986#section-3.2.2",
  looksLike: ["insists-on-ipv6-socket"], // another word at its end
  code: "A04",

  judge: (subject) => judgeLastWords(subject, words),
};
