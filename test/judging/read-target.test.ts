import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readTarget } from "#core/judging/read-target.ts";

const read = (text: string) => readTarget(text, "shop").target;
const problem = (text: string) => readTarget(text, "shop").problem ?? "";

describe("a target as people write it", () => {
  it("is kubectl's TYPE/NAME in the namespace of the context, or in its own", () => {
    const web = { name: "web", namespace: "shop" };
    for (const text of ["svc/web", "service/web", "services/web", "SVC/web"])
      assert.deepEqual(read(text), { kind: "service", ...web }, text);
    for (const text of ["pod/web", "po/web", "pods/web"]) assert.deepEqual(read(text), { kind: "pod", ...web }, text);
    assert.deepEqual(read("svc/other/web:80"), { kind: "service", namespace: "other", name: "web", port: 80 });
    assert.deepEqual(read("pod/other/web"), { kind: "pod", namespace: "other", name: "web" });
    assert.deepEqual(read("node/n1:22"), { kind: "node", name: "n1", port: 22 });
    assert.deepEqual(read("other/web"), { kind: "object", namespace: "other", name: "web" });
  });

  it("is a name in any spelling a pod understands", () => {
    for (const name of ["web", "web.shop", "web.shop.svc.cluster.local.", "localhost", "my_host.example.org", "WEB"])
      assert.deepEqual(read(name), { kind: "name", name }, name);
    assert.deepEqual(read("example.org:8443"), { kind: "name", name: "example.org", port: 8443 });
  });

  it("is the host and port of a URL", () => {
    assert.deepEqual(read("https://example.org/"), { kind: "name", name: "example.org", port: 443 });
    assert.deepEqual(read("http://me:secret@web:8080/a?b#c"), { kind: "name", name: "web", port: 8080 });
    assert.deepEqual(read("http://[2001:db8::1]/x"), { kind: "address", address: "2001:db8::1", port: 80 });
    assert.deepEqual(read("postgres://db/orders"), { kind: "name", name: "db", port: 5432 });
    assert.deepEqual(read("foo://web"), { kind: "name", name: "web" });
  });

  it("is an address, with brackets where a port follows", () => {
    assert.deepEqual(read("[2001:db8::1]:443"), { kind: "address", address: "2001:db8::1", port: 443 });
    assert.deepEqual(read("[2001:db8::1:80]"), { kind: "address", address: "2001:db8::1:80" });
    for (const address of ["2001:db8::1", "fd00:10:244:1::11", "::1", "2001:db8:1:2:3:4:5:80"])
      assert.deepEqual(read(address), { kind: "address", address }, address);
    assert.deepEqual(read("198.51.100.1:80"), { kind: "address", address: "198.51.100.1", port: 80 });
  });

  it("is a question where a port may be part of an IPv6 address", () => {
    for (const [text, host, port] of [
      ["2001:db8::1:80", "2001:db8::1", "80"],
      ["fd00::a:8443", "fd00::a", "8443"],
    ] as const)
      assert.match(problem(text), new RegExp(`two ways: write \\[${host}\\]:${port} .* or \\[${text}\\]`));
    assert.match(problem("2001:db8::1:10250"), /no brackets: write \[2001:db8::1\]:10250/);
    assert.match(problem("2001:db8:0:0:0:0:0:1:80"), /no brackets: write \[2001:db8:0:0:0:0:0:1\]:80/);
  });

  it("says what is wrong with anything else", () => {
    for (const text of ["", "a/b/c", "svc/a/b/c", "[::1", "a b", "svc/", "-/", "::g", "web:0", "web:70000", "web:http"])
      assert.notEqual(problem(text), "", text);
    assert.match(problem("web:http"), /"http" in "web:http" is no port/);
    assert.match(problem("deploy/web"), /names a deploy: .*pod\/NAME.*svc\/NAME/);
    assert.match(problem("node/shop/n1"), /a node has no namespace/);
    assert.match(problem("fe80::1%eth0"), /zone/);
  });
});

it("reads what leads in from outside as kubectl names it", () => {
  const front = (what: string, namespace: string, more: object = {}) => ({
    target: { kind: "front", what, namespace, name: "shop", ...more },
  });
  assert.deepEqual(readTarget("ing/shop", "here"), front("Ingress", "here"));
  assert.deepEqual(readTarget("ingress/there/shop:443", "here"), front("Ingress", "there", { port: 443 }));
  assert.deepEqual(readTarget("gtw/shop", "here"), front("Gateway", "here"));
  assert.deepEqual(readTarget("httproutes/shop", "here"), front("HTTPRoute", "here"));
  assert.deepEqual(readTarget("grpcroute/there/shop", "here"), front("GRPCRoute", "there"));
});
