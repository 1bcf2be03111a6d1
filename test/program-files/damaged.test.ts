import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Cluster } from "#core/cluster/cluster.ts";
import { probe as logWords, type Speaker } from "#core/probes/log-words.ts";
import { keepConfig } from "#core/probing/keep-config.ts";
import { parseCorefile, portOf, zonesOf } from "#core/program-files/corefile.ts";
import { parseNginx } from "#core/program-files/nginx.ts";
import { nginxListens } from "#core/program-files/nginx-listen.ts";

const corefile = `.:53 {
    errors
    kubernetes cluster.local in-addr.arpa ip6.arpa {
       pods insecure
    }
    forward . [2001:db8::1]:53 { max_concurrent 1000 }
    dns64 64:ff9b::/96
}
`;
const nginx = `http { server { listen 80; listen [::]:80 ipv6only=on; location / { return 200 "a;b}"; } } }\n`;
const log = `F0205 18:40:24.836461    9450 ovnkube.go:130] multiple gateway interfaces detected: breth0 eth0
E0311 11:45:09.737453   13045 controller.go:689] failed to add route no route to host
2024-01-23 09:20:26.113 [WARNING][16414] felix/table.go 1409: Failed to execute ip(6)tables-restore command error=exit status 2 errorOutput="ip6tables-nft-restore v1.8.4 (nf_tables): Couldn't load match \`icmp6':No such file or directory\\n" input="*filter"
`;
const pieces = fc.constantFrom(
  "{",
  "}",
  ";",
  '"',
  "'",
  "\\",
  "#",
  "\n",
  "\r\n",
  "\u0000",
  "\ud800",
  ".:53",
  "listen",
  "forward .",
  "(",
  "[::]",
);
const mixed = (whole: string) =>
  fc.oneof(
    fc.nat(whole.length).map((at) => whole.slice(0, at)),
    fc
      .tuple(fc.nat(whole.length), fc.array(fc.oneof(pieces, fc.string())), fc.nat(30))
      .map(([at, into, away]) => whole.slice(0, at) + into.join("") + whole.slice(at + away)),
    fc.array(fc.oneof(pieces, fc.string())).map((parts) => parts.join("")),
  );

describe("of a file or a log that is cut off, or mixed with something else,", () => {
  it("a Corefile is read as far as it goes, also in a report", () => {
    fc.assert(
      fc.property(mixed(corefile), (text) => {
        for (const server of parseCorefile(text)) [portOf(server), zonesOf(server)];
        assert.equal(typeof keepConfig({ Corefile: text, "net-conf.json": text }).Corefile, "string");
      }),
    );
  });

  it("nginx's configuration too", () => {
    fc.assert(
      fc.property(mixed(nginx), (text) => {
        assert.ok(Array.isArray(parseNginx(text)));
        assert.ok(Array.isArray(nginxListens(text)));
      }),
    );
  });

  it("a log holds a sentence of ours, or none, and of a line never more than a part", async () => {
    const speakers: Speaker[] = ["kube-proxy", "coredns", "application", "calico", "ovn"];
    await fc.assert(
      fc.asyncProperty(mixed(log), fc.constantFrom(...speakers), async (text, of) => {
        const cluster = { logs: async () => ({ ok: true, value: text }) } as unknown as Cluster;
        const answer = await logWords.look(cluster, { namespace: "x", pod: "x", container: "x", of }, undefined);
        assert.ok(answer.ok);
        assert.ok(answer.value.found.length <= 5 && answer.value.found.every((one) => one.length <= 300));
      }),
    );
    const said = await logWords.look(
      { logs: async () => ({ ok: true, value: log }) } as unknown as Cluster,
      { namespace: "x", pod: "x", container: "x", of: "ovn" },
      undefined,
    );
    assert.deepEqual(said.ok && said.value.found, [
      "multiple gateway interfaces detected: breth0 eth0",
      "failed to add route no route to host",
    ]);
  });
});
