import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { proxyFor } from "#cluster/proxy.ts";
import { serverAddress } from "#cluster/server-address.ts";

const proxy = "http://127.0.0.1:3128";
const v4 = "https://10.255.1.1:6443";
const v6 = "https://[fd00:dead::1]:6443";
const corp = "https://api.corp.invalid:6443";

/** `host:port` of the proxy, "direct" where there is none, "refused" where kubectl refuses. */
function wayTo(server: string, env: Readonly<Record<string, string>>, proxyUrl?: string): string {
  const address = serverAddress(server);
  assert.ok(address);
  const cluster = {
    name: "c",
    file: "f",
    server,
    skipTLSVerify: false,
    ...(proxyUrl === undefined ? {} : { proxyUrl }),
  };
  const found = proxyFor(address.url, cluster, env);
  return found.ok ? (found.value?.host ?? "direct") : "refused";
}

/** What kubectl 1.32 does, seen at a proxy that notes who asks. */
describe("NO_PROXY is read as Go reads it", () => {
  const direct: readonly (readonly [server: string, noProxy: string])[] = [
    [v4, "10.255.1.1"],
    [v4, "10.255.0.0/16"],
    [v4, "10.255.1.9/24"],
    [v4, "10.255.1.1:6443"],
    [v4, "10.255.1.1:"],
    [v4, "*"],
    [v4, "x,*,y"],
    [v4, " 10.255.1.1 , x"],
    [v4, "::ffff:10.255.1.1"],
    [v4, "0.0.0.0/0"],
    ["https://10.255.1.1", "10.255.1.1:443"],
    ["http://10.255.1.1", "10.255.1.1:80"],
    ["https://[::ffff:10.255.1.1]:6443", "10.255.0.0/16"],
    [v6, "fd00:dead::1"],
    [v6, "FD00:DEAD:0::1"],
    [v6, "fd00:dead:0:0:0:0:0:1"],
    [v6, "fd00:dead:0000::0001"],
    [v6, "fd00:dead:0:0:0:0:0.0.0.1"],
    [v6, "[fd00:dead::1]:6443"],
    [v6, "[fd00:dead:0::1]:6443"],
    [v6, "fd00:dead::/32"],
    [v6, "FD00::/8"],
    [v6, "fd00:dead::1/128"],
    [v6, "fd00::/8,10.0.0.0/8"],
    [v6, "::/0"],
    ["https://[fd00:dead:0:0::1]:6443", "fd00:dead::1"],
    [corp, "corp.invalid"],
    [corp, ".corp.invalid"],
    [corp, "*.corp.invalid"],
    [corp, "api.CORP.invalid"],
    [corp, "corp.invalid:6443"],
    [corp, ".corp.invalid:6443"],
    ["https://a.b.corp.invalid:6443", "*.corp.invalid:6443"],
    ["https://corp.invalid:6443", "corp.invalid"],
    ["https://[::1]:6443", ""],
    ["https://127.0.0.2:6443", ""],
    ["https://[::ffff:127.0.0.1]:6443", ""],
    ["https://localhost:6443", ""],
  ];
  for (const [server, noProxy] of direct)
    test(`"${noProxy}" excepts ${server}`, () => {
      assert.equal(wayTo(server, { HTTPS_PROXY: proxy, HTTP_PROXY: proxy, NO_PROXY: noProxy }), "direct");
    });

  const proxied: readonly (readonly [server: string, noProxy: string])[] = [
    [v4, ""],
    [v4, "10.255.1.1:443"],
    [v4, "10.255.1.1 x"],
    [v4, "10.255.01.1"],
    [v4, "10.255.1.0/33"],
    [v4, ":6443"],
    [v4, "::/0"],
    [v4, "1.1"],
    [v4, ".1.1"],
    [v4, "*.1.1"],
    [v4, "."],
    [v4, "*."],
    [v6, "[fd00:dead::1]"],
    [v6, "[fd00:dead::1]:443"],
    [v6, "fd00:dead::1:6443"],
    [v6, "fd00:dead::1%eth0"],
    [v6, "[fd00:dead::]/32"],
    [v6, "fd00:dead::/129"],
    [v6, "0.0.0.0/0"],
    ["https://corp.invalid:6443", ".corp.invalid"],
    ["https://corp.invalid:6443", "*.corp.invalid"],
    ["https://corp.invalid:6443", "corp.invalid."],
    ["https://xcorp.invalid:6443", "corp.invalid"],
    ["https://api.corp.invalid.:6443", "corp.invalid"],
    [corp, "a.*.invalid"],
    [corp, "https://api.corp.invalid"],
    ["https://foo.localhost:6443", ""],
  ];
  for (const [server, noProxy] of proxied)
    test(`"${noProxy}" does not except ${server}`, () => {
      assert.equal(wayTo(server, { HTTPS_PROXY: proxy, HTTP_PROXY: proxy, NO_PROXY: noProxy }), "127.0.0.1:3128");
    });
});

describe("the proxy of the environment", () => {
  const ways: readonly (readonly [env: Readonly<Record<string, string>>, way: string, server?: string])[] = [
    [{ HTTPS_PROXY: "127.0.0.1:3128" }, "127.0.0.1:3128"],
    [{ HTTPS_PROXY: "proxy.corp:3128" }, "proxy.corp:3128"],
    [{ HTTPS_PROXY: "proxy.corp" }, "proxy.corp:80"],
    [{ HTTPS_PROXY: "https://proxy.corp" }, "proxy.corp:443"],
    [{ HTTPS_PROXY: "socks5://proxy.corp" }, "proxy.corp:1080"],
    [{ HTTPS_PROXY: "SOCKS5://[::1]:3128" }, "[::1]:3128"],
    [{ HTTPS_PROXY: "http://[::1]:3128" }, "[::1]:3128"],
    [{ HTTPS_PROXY: "[::1]:3128" }, "[::1]:3128"],
    [{ HTTPS_PROXY: "http://u:p%40s@[::1]:3128" }, "[::1]:3128"],
    [{ HTTPS_PROXY: "http://127.0.0.1:80" }, "127.0.0.1:80"],
    [{ HTTPS_PROXY: "ftp://127.0.0.1:3128" }, "127.0.0.1:3128"],
    [{ HTTPS_PROXY: "http://[::1" }, "direct"],
    [{ https_proxy: proxy }, "127.0.0.1:3128"],
    [{ HTTPS_PROXY: "", https_proxy: proxy }, "127.0.0.1:3128"],
    [{ HTTPS_PROXY: proxy, https_proxy: "http://other:1" }, "127.0.0.1:3128"],
    [{ HTTPS_PROXY: proxy, NO_PROXY: "", no_proxy: "10.255.1.1" }, "direct"],
    [{ HTTPS_PROXY: proxy, NO_PROXY: "x", no_proxy: "10.255.1.1" }, "127.0.0.1:3128"],
    [{ HTTP_PROXY: proxy, ALL_PROXY: proxy }, "direct"],
    [{ HTTP_PROXY: proxy }, "127.0.0.1:3128", "http://10.255.1.1:8080"],
    [{ HTTP_PROXY: proxy, REQUEST_METHOD: "GET" }, "direct", "http://10.255.1.1:8080"],
  ];
  for (const [env, way, server = v4] of ways)
    test(`${JSON.stringify(env)} is ${way}`, () => assert.equal(wayTo(server, env), way));
});

describe("proxy-url of a kubeconfig", () => {
  const ways: readonly (readonly [proxyUrl: string, way: string])[] = [
    ["http://[::1]:3128", "[::1]:3128"],
    ["socks5://[fd00::1]:3128", "[fd00::1]:3128"],
    ["HTTP://proxy.corp:3128", "proxy.corp:3128"],
    ["127.0.0.1:3128", "refused"],
    ["ftp://127.0.0.1:3128", "refused"],
    ["http://", "refused"],
  ];
  for (const [proxyUrl, way] of ways) test(`${proxyUrl} is ${way}`, () => assert.equal(wayTo(v4, {}, proxyUrl), way));

  test("counts whatever NO_PROXY says, for loopback too", () => {
    assert.equal(wayTo("https://127.0.0.1:6443", { NO_PROXY: "*" }, proxy), "127.0.0.1:3128");
  });
});

describe("the server of a kubeconfig", () => {
  const hosts: readonly (readonly [server: string, host: string | undefined, zone?: string])[] = [
    ["https://[fe80::1%25eth0]:6443", "[fe80::1%eth0]:6443", "eth0"],
    ["https://[FE80::1%25eth0.100]/k8s", "[fe80::1%eth0.100]", "eth0.100"],
    ["[fe80::1%25en0]:8080", "[fe80::1%en0]:8080", "en0"],
    ["https://[fd00::1]:6443", "[fd00::1]:6443"],
    ["10.0.0.1:8080", "10.0.0.1:8080"],
    ["https://[fe80::1%eth0]:6443", undefined],
    ["https://[fe80::1%25]:6443", undefined],
    ["https://[fe80::1%25a%2Fb]:6443", undefined],
    ["https://[fe80::1%25eth0", undefined],
    ["ftp://host", undefined],
    ["https://a\\b", undefined],
  ];
  for (const [server, host, zone] of hosts)
    test(`${server} is ${host}`, () => {
      const address = serverAddress(server);
      assert.equal(address?.host, host);
      assert.equal(address?.zone, zone);
    });
});
