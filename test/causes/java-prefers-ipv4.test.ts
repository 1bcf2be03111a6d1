import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { keepPod } from "#core/probing/redact.ts";
import { a, b, judge, nobody, podObject } from "./case.ts";
import { exampleOf } from "./example.ts";
import { variants } from "./variants.ts";

const given = exampleOf("java-prefers-ipv4");
const flag = "-Djava.net.preferIPv4Stack=true";

describe("java-prefers-ipv4", () => {
  it("is proven by the flag and the socket, and listener-ipv4-only leaves it to this", () => {
    const { status, because } = judge("java-prefers-ipv4", given);
    assert.equal(status, "proven", because);
    assert.match(because, /container b of pod default\/b is started with -Djava\.net\.preferIPv4Stack=true/);
    assert.equal(judge("listener-ipv4-only", given).status, "excluded");
  });

  it("is found in arguments, command and environment, of which nothing else is kept", () => {
    for (const where of [
      { args: ["-jar", "x.jar", flag] },
      { command: ["java", flag] },
      { env: [{ name: "JAVA_TOOL_OPTIONS", value: `-Xmx1g ${flag} -Dpassword=hunter2` }, { name: "FROM_SECRET" }] },
    ]) {
      const kept = keepPod(podObject("b", "n2", [], { containers: [{ name: "b", ...where }] }));
      const container = kept.spec?.containers[0];
      assert.deepEqual(container.args, [flag]);
      assert.doesNotMatch(JSON.stringify(container), /hunter2|jar/);
    }
  });

  it("is only possible where another container may hold the socket", () => {
    const containers = [{ name: "proxy" }, { name: "app", args: [flag] }];
    const pods = [a, podObject("b", "n2", ["10.244.2.11", "fd00:10:244:2::11"], { containers })];
    assert.equal(judge("java-prefers-ipv4", { ...given, pods }).status, "possible");
  });

  it("is not without the flag", () => {
    assert.equal(judge("java-prefers-ipv4", { ...given, pods: [a, b] }).status, "excluded");
  });

  variants("java-prefers-ipv4", given, {
    "the port is served over IPv6": [{ listeners: [{ family: "IPv6", address: "::", port: 8080 }] }, "excluded"],
    "nobody may look": [{ listeners: nobody }, "unknown"],
  });
});
