import type { Cause } from "../judging/cause.ts";
import { judgeLastWords, type LastWords } from "../judging/last-words.ts";

const words: LastWords = {
  sentence: /Address family not supported by protocol|Protocol family unavailable/,
  means: "it insists on an IPv6 socket, and the kernel it runs on has no IPv6",
  fix: "Let the program listen on [::] only where IPv6 is there (nginx: leave `listen [::]:80` out; a wildcard of both families elsewhere), or boot the node with IPv6 (no ipv6.disable=1).",
  confirm: "The container runs.",
};

export const cause: Cause = {
  layer: "application",
  summary: "The program insists on IPv6 where the kernel has none, and ends",
  why: "On a kernel booted with ipv6.disable=1 there is no such address family: a socket for [::] ends with errno 97, and images that listen on it without asking do not start.",
  source: "https://man7.org/linux/man-pages/man7/ipv6.7.html",
  looksLike: ["kernel-without-ipv6", "literal-without-brackets"], // what it runs on / another word at its end
  code: "A02",

  judge: (subject) => judgeLastWords(subject, words),
};
