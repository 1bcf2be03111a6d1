import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { answered, refused } from "#core/cluster/cluster.ts";
import { type LogArgs, probe } from "#core/probes/log-words.ts";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import { variants } from "./variants.ts";

const given = exampleOf("literal-without-brackets");

describe("literal-without-brackets", () => {
  it("is proven by the last word of a program that does not run", () => {
    const { status, because } = judge("literal-without-brackets", given);
    assert.equal(status, "proven", because);
    assert.match(because, /too many colons in address": an IPv6 address stands before its port without brackets/);
  });

  variants("literal-without-brackets", given, {
    "it says so of a name with two ports": [
      { "log-words": { lines: 9, found: ["too many colons in address"] } },
      "possible",
    ],
    "it says so of what is no address": [
      { "log-words": { lines: 9, found: ["address 80:80:80: too many colons in address"] } },
      "possible",
    ],
    "the port is missing as well": [
      { "log-words": { lines: 9, found: ["address fd00::1: too many colons in address"] } },
      "proven",
    ],
    "it says nothing of the kind": [{ "log-words": { lines: 9, found: [] } }, "excluded"],
    "its log may not be read": [{ "log-words": nobody }, "unknown"],
  });
});

describe("the words that are kept of a log", () => {
  const look = (text: string, args: Partial<LogArgs>) => {
    const cluster = { logs: async () => answered(text) } as never;
    return probe.look(cluster, { namespace: "d", pod: "p", container: "c", of: "application", ...args }, undefined);
  };

  it("are the sentence alone, each once, with the name that was asked about", async () => {
    const app = "token=hunter2 dial tcp: address fd00::1:80: too many colons in address\n".repeat(3);
    assert.deepEqual(await look(`start\n${app}`, {}), {
      ok: true,
      value: { lines: 5, found: ["address fd00::1:80: too many colons in address"] },
    });
    const dns =
      "[ERROR] plugin/errors: 2 six.example.org. A: dial udp [fe80::1%en0]:53: connect: invalid argument\n[ERROR] plugin/errors: 2 secret.example.org. A: dial udp [fe80::1%en0]:53: connect: invalid argument";
    const said = await look(dns, { of: "coredns", about: "six.example.org" });
    assert.deepEqual(said.ok && said.value.found, [
      "six.example.org: dial udp [fe80::1%en0]:53: connect: invalid argument",
      "dial udp [fe80::1%en0]:53: connect: invalid argument",
    ]);
  });

  it("are none where the log may not be read", async () => {
    const cluster = { logs: async () => refused("forbidden", "pods/log is forbidden") } as never;
    const args = { namespace: "d", pod: "p", container: "c", of: "application" } as const;
    const answer = await probe.look(cluster, args, undefined);
    assert.equal(!answer.ok && answer.refusal.reason, "forbidden");
    assert.deepEqual(probe.right(args), { verbs: ["get"], apiGroup: "", resource: "pods/log", namespace: "d" });
  });
});
