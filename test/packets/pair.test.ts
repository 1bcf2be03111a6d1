import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PairEnd } from "#core/packets/pair/pair-end.ts";
import { readPair } from "#core/packets/pair/pair-reading.ts";
import { pairToMarkdown, pairToText } from "#core/report/packet-pair.ts";
import { type At, type Bytes, cooked, ethernet, icmp6, ipv4, ipv6, n16, pcap, tcp, udp } from "./made.ts";

const [a, b, one, two] = ["fd00:1::a", "fd00:2::b", "2001:db8::1", "2001:db8::2"];
const interfaces = new Map([
  [1, "veth1"],
  [2, "eth0"],
  [3, "vxlan0"],
]);
const at = (index: number, sent: boolean, body: Bytes) => cooked(ethernet(body), index, sent);
const vxlan = (body: Bytes) => ipv6(one, two, 17, udp(40000, 4789, [8, 0, 0, 0, 0, 0, 1, 0, ...ethernet(body)]));
/** In Geneve over IPv4. */
const geneve = (body: Bytes) =>
  ipv4("192.0.2.1", "192.0.2.2", 17, udp(40000, 6081, [0, 0, 0x65, 0x58, 0, 0, 7, 0, ...ethernet(body)]));
const syn = (sequence: number, source = a) => ipv6(source, b, 6, tcp(40001, 80, "S", sequence));
const ping = (sequence: number) => ipv6(a, b, 58, icmp6(128, 0, [0, 9, ...n16(sequence), 1, 2, 3, 4]));
/** As a pod sends it through a tunnel, and as it comes out of it. */
const leaving = (body: Bytes, around = vxlan) => [at(1, false, body), at(3, true, body), at(2, true, around(body))];
const coming = (body: Bytes, around = vxlan) => [at(2, false, around(body)), at(3, false, body), at(1, true, body)];

const whole = { from: 1, to: Number.POSITIVE_INFINITY };

function end(node: string, frames: readonly Bytes[], more: Partial<PairEnd> = {}, begin = 1_000_000): PairEnd {
  const packets = frames.map((frame, index): At => [begin + index, frame]);
  const [whose, addresses] = node === "n1" ? ["pod default/a", [a]] : ["pod default/b", [b]];
  const around = { interfaces, dropped: 0 };
  return { node, whose, addresses, inNode: false, bytes: pcap(packets, { link: 276 }), around, both: whole, ...more };
}

function told(near: PairEnd, far: PairEnd): string[] {
  const reading = readPair([near, far]);
  assert.ok(reading);
  return reading.told.map(({ odd, family, says }) => `${odd ? "! " : ""}${family} ${says}`);
}

describe("packets of a pair", () => {
  it("are matched by what stands in them, through any tunnel, however the clocks of the nodes differ", () => {
    for (const [around, name] of [
      [vxlan, "VXLAN (VNI 1)"],
      [geneve, "Geneve (VNI 7)"],
    ] as const)
      for (const clock of [1, 1_000_000, 2_000_000])
        assert.deepEqual(told(end("n1", leaving(syn(7), around)), end("n2", coming(syn(7), around), {}, clock)), [
          `IPv6 TCP from ${a} to [${b}]:80: 1 packet left node n1 by vxlan0 and eth0 in ${name}, arrived at node n2 on eth0 in ${name} and vxlan0, and went on there by veth1`,
        ]);
  });

  it("that left and never arrived are said to, with the time of their own node alone", () => {
    const [says] = told(end("n1", [...leaving(syn(7)), ...leaving(syn(7))]), end("n2", coming(ping(1))));
    assert.equal(
      says,
      `! IPv6 TCP from ${a} to [${b}]:80: 2 packets left node n1 by vxlan0 and eth0 in VXLAN (VNI 1), the first at 13:46:40.000 UTC by the clock of n1, and none was seen to arrive at node n2`,
    );
    const unsure = told(end("n1", leaving(syn(7))), end("n2", [], { around: { interfaces, dropped: 3 } }));
    assert.match(
      unsure.join(),
      /1 packet left .* and was not seen to arrive at node n2, which lost 3 packets while it captured/,
    );
  });

  it("are counted each time they are sent, on however many interfaces they are seen", () => {
    const near = [1, 2, 3].flatMap((sequence) => leaving(ping(sequence)));
    assert.match(
      told(end("n1", near), end("n2", [...coming(ping(1)), ...coming(ping(3))])).join(),
      /^! IPv6 pings from \S+ to \S+: 2 of 3 packets that left node n1 .* arrived at node n2 .*; the first that did not left at 13:46:43\.000 UTC/,
    );
    const again = [...leaving(syn(7)), ...leaving(syn(7))];
    assert.match(told(end("n1", again), end("n2", coming(syn(7)))).join(), /1 of 2 packets that left/);
  });

  it("that are not handed on where they arrive, or never leave, are told apart", () => {
    const outer = end("n2", [at(2, false, vxlan(syn(7)))]);
    assert.match(
      told(end("n1", leaving(syn(7))), outer).join(),
      /^! .* arrived at node n2 on eth0 in VXLAN \(VNI 1\), and none was seen to be handed on there$/,
    );
    assert.doesNotMatch(told(end("n1", leaving(syn(7))), { ...outer, inNode: true }).join(), /handed|!/);
    assert.match(
      told(end("n1", [at(1, false, syn(7))]), end("n2", [])).join(),
      /^! .*: 1 packet came to node n1 on veth1, and was not seen to leave it$/,
    );
    assert.match(
      told(end("n1", [...leaving(syn(7)), at(1, false, syn(8))]), end("n2", coming(syn(7)))).join(),
      /went on there by veth1; 1 packet came to node n1/,
    );
  });

  it("are found again under the sender's address that a node gave them", () => {
    const masked = [at(1, false, syn(7)), at(3, true, syn(7, one)), at(2, true, vxlan(syn(7, one)))];
    assert.match(
      told(end("n1", masked), end("n2", coming(syn(7, one)))).join(),
      /^IPv6 TCP .*: 1 packet left node n1, arrived at node n2 .* with the source 2001:db8::1, and went on/,
    );
    // A stranger's packet of the same kind is none of them.
    assert.match(told(end("n1", leaving(syn(7))), end("n2", coming(syn(8, one)))).join(), /was not seen to arrive/);
  });

  it("of data that a card joins or parts are not lost", () => {
    const data = (sequence: number, carries: number) => ipv6(a, b, 6, tcp(40001, 80, "A", sequence, 1, carries));
    const near = end("n1", [...leaving(data(100, 40)), ...leaving(data(140, 10))]);
    assert.doesNotMatch(told(near, end("n2", coming(data(100, 50)))).join(), /!/);
    assert.match(told(near, end("n2", coming(data(100, 40)))).join(), /1 of 2 packets/);
  });

  it("are counted only while both captured", () => {
    const near = [...leaving(syn(1)), ...leaving(syn(2)), ...leaving(syn(3))];
    assert.deepEqual(told(end("n1", near, { both: { from: 1, to: 0 } }), end("n2", [])), []);
    assert.match(
      told(end("n1", near, { both: { from: 4, to: 6 } }), end("n2", coming(syn(2)))).join(),
      /^IPv6 TCP .*: 1 packet left/,
    );
    // It came in as the time was over, and went out after.
    assert.doesNotMatch(told(end("n1", near, { both: { from: 4, to: 4 } }), end("n2", coming(syn(2)))).join(), /!/);
  });

  it("are told with the files they stand in, in a terminal and as Markdown", () => {
    const reading = readPair([end("n1", leaving(syn(7))), end("n2", [])]);
    assert.ok(reading);
    assert.match(pairToText(reading), /^Between pod default\/a on node n1 and pod default\/b on node n2/);
    assert.match(pairToText(reading), /^ {2}! IPv6 {2}TCP .* {2}\[n1: packet 1\]$/m);
    assert.match(pairToMarkdown(reading, "a and b"), /^- ! \*\*IPv6\*\* TCP/m);
    const nothing = readPair([end("n1", []), end("n2", [])]);
    assert.match(nothing ? pairToText(nothing) : "", /^No packet between the two was seen while both captured\.$/m);
    assert.equal(readPair([end("n1", []), end("n2", [], { bytes: new Uint8Array(3) })]), undefined);
  });
});
