import assert from "node:assert/strict";
import { it } from "node:test";
import { nameCandidates } from "#core/linux/name-candidates.ts";
import { parseResolvConf } from "#core/linux/resolv-conf.ts";

const pod = parseResolvConf(
  "search shop.svc.corp.local svc.corp.local corp.local\nnameserver fd00::a\noptions ndots:5\n",
);
const plain = parseResolvConf("nameserver 192.0.2.1\nsearch example.org\n");

it("tries the search list first for a name with few dots, and the name itself last", () => {
  const all = ["web.shop.svc.corp.local", "web.svc.corp.local", "web.corp.local", "web"];
  assert.deepEqual(nameCandidates("web", pod, "glibc"), all);
  assert.deepEqual(nameCandidates("web", pod, "musl"), all);
  assert.equal(nameCandidates("web.other", pod, "glibc")[1], "web.other.svc.corp.local");
});

it("takes a name with as many dots as ndots first as it is; then only glibc searches on", () => {
  assert.deepEqual(nameCandidates("a.b", plain, "glibc"), ["a.b", "a.b.example.org"]);
  assert.deepEqual(nameCandidates("a.b", plain, "musl"), ["a.b"]);
  assert.deepEqual(nameCandidates("a", plain, "glibc"), ["a.example.org", "a"]);
});

it("takes a name that ends with a dot as it is", () => {
  assert.deepEqual(nameCandidates("web.shop.svc.corp.local.", pod, "glibc"), ["web.shop.svc.corp.local"]);
});

it("reads the last ndots, and knows none above 15", () => {
  const options = (text: string) => ({ nameservers: [], search: ["x"], options: text.split(" ") });
  assert.deepEqual(nameCandidates("a.b", options("ndots:5 ndots:1"), "musl"), ["a.b"]);
  const deep = `${"a.".repeat(15)}a`;
  assert.deepEqual(nameCandidates(deep, options("ndots:99"), "musl"), [deep]);
  assert.deepEqual(nameCandidates("a", { nameservers: [], search: [".", "x."], options: [] }, "glibc"), ["a", "a.x"]);
});
