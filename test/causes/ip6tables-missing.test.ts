import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import { variants } from "./variants.ts";

const given = exampleOf("ip6tables-missing");
const says = (...found: string[]) => ({ "log-words": { lines: 9, found } });

describe("ip6tables-missing", () => {
  it("is proven by kube-proxy's own word and a connection that leaves as it came", () => {
    const { status, because } = judge("ip6tables-missing", given);
    assert.equal(status, "proven", because);
    assert.match(because, /kube-proxy-x7 on node n1 says: No iptables support for family \(IPv6\); it passed/);
  });

  variants("ip6tables-missing", given, {
    "the table is not there": [says("can't initialize ip6tables table `nat': Table does not exist"), "proven"],
    "the log speaks of something else": [says("Couldn't load target `KUBE-MARK-DROP'"), "unknown"],
    "a set of ip6tables-restore is not there, which is another cause": [
      says("Failed to execute ip6tables-restore: Set KUBE-LOOP-BACK does not exist"),
      "unknown",
    ],
    "IPv4 is what is missing": [says('"No iptables support for family" ipFamily="IPv4"'), "unknown"],
    "the log says nothing: it may begin after the start": [says(), "unknown"],
    "the connection was not watched": [{ transit: nobody }, "possible"],
    "the log may not be read": [{ "log-words": nobody }, "unknown"],
    "no kube-proxy is on the node": [{ pods: [] }, "unknown"],
  });
});
