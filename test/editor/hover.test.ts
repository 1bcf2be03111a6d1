import assert from "node:assert/strict";
import { test } from "node:test";
import { describeLiteral, literalAt } from "#core/editor/hover/address.ts";
import { hoverAt } from "#core/editor/hover/hover.ts";
import { parseDocument } from "#core/manifest/document.ts";

/** The hover at the place marked with ‸. */
function hover(marked: string) {
  const at = marked.indexOf("‸");
  const text = marked.replace("‸", "");
  const found = hoverAt(parseDocument(text), at);
  return found && { on: text.slice(found.start, found.end), text: found.text };
}

test("an address says its canonical form, its range and what that means", () => {
  const found = hover("kind: Pod\nspec:\n  hostAliases:\n    - ip: FD00:0:0::7‸\n");
  assert.equal(found?.on, "FD00:0:0::7");
  assert.match(found?.text ?? "", /\*\*fd00::7\*\* IPv6 address, unique local \(ULA\)/);
  assert.match(found?.text ?? "", /rfc4193/);
});

test("a prefix says how much it holds, its ends, and the field it stands in", () => {
  const found = hover(
    "kind: NetworkPolicy\nspec:\n  egress:\n  - to:\n    - ipBlock: {cidr: '2001:db8:‸/32'}\n".replace("db8:", "db8::"),
  );
  assert.equal(found?.on, "2001:db8::/32");
  assert.match(
    found?.text ?? "",
    /4,294,967,296 networks of \/64, 2001:db8:: to 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff/,
  );
  assert.match(found?.text ?? "", /matches no IPv6 address/);
});

test("a key says what the field does per family", () => {
  const found = hover("kind: Service\nspec:\n  ipFamil‸ies: [IPv6]\n");
  assert.equal(found?.on, "ipFamilies");
  assert.match(found?.text ?? "", /primary one first/);
});

test("a pod template is a pod spec wherever it stands", () => {
  assert.match(
    hover("kind: Deployment\nspec:\n  template:\n    spec:\n      hostNet‸work: true\n")?.text ?? "",
    /InternalIP of both/,
  );
});

test("one address of a list in a string, and one within a URL, is found alone", () => {
  assert.equal(
    hover("kind: ClusterConfiguration\nnetworking:\n  podSubnet: 10.244.0.0/16,fd00:10:244:‸:/56\n")?.on,
    "fd00:10:244::/56",
  );
  assert.equal(hover("kind: ConfigMap\ndata:\n  a.conf: |\n    up http://[fd00::‸1]:8080/x;\n")?.on, "fd00::1");
});

test("what is no address and no known field says nothing", () => {
  assert.equal(hover("kind: Service\nmetadata:\n  name: we‸b\n"), undefined);
  assert.equal(describeLiteral("12:30:00"), undefined);
  assert.equal(literalAt("image: nginx:1.27.3", 15), undefined);
});

test("every family of everything is named as such", () => {
  assert.match(describeLiteral("::/0") ?? "", /every IPv6 address, and no IPv4 address/);
  assert.match(describeLiteral("8.8.8.8") ?? "", /global unicast/);
  assert.match(describeLiteral("64:ff9b::808:808") ?? "", /Leads to the IPv4 address 8\.8\.8\.8/);
});

test("addresses of old transition mechanisms say which IPv4 address is in them", () => {
  assert.match(describeLiteral("2002:c000:204::1") ?? "", /6to4 router 192\.0\.2\.4/);
  assert.match(
    describeLiteral("2001:0:4136:e378:8000:63bf:3fff:fdd2") ?? "",
    /Teredo client 192\.0\.2\.45 port 40000, by the server 65\.54\.227\.120/,
  );
});
