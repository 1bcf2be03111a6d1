import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { isCapture } from "#core/packets/capture-file.ts";
import { readCapture } from "#core/packets/reading/reading.ts";
import { packetsToMarkdown, packetsToText } from "#core/report/packets.ts";
import { printableLines } from "#core/text/printable.ts";
import {
  type At,
  advertisement,
  arp,
  cooked,
  dnsBytes,
  ethernet,
  icmp6,
  ipv6,
  pcap,
  pcapng,
  solicitation,
  tcp,
  udp,
} from "./made.ts";

const syn = ipv6("fd00::a", "fd00::b", 6, tcp(40000, 80, "S"));
const syns = (wrap: (packet: readonly number[]) => readonly number[]): At[] => [
  [1700000000, wrap(syn)],
  [1700000001.25, wrap(syn)],
  [1700000009.5, wrap(ipv6("fd00::c", "fd00::d", 59, []))],
];
const twoSyns = "fd00::a to [fd00::b]:80: 2 SYNs, no answer in this capture";

function saysTwoSyns(bytes: Uint8Array): void {
  assert.ok(isCapture(bytes));
  const reading = readCapture(bytes);
  assert.deepEqual(
    reading?.sections.flatMap(({ told }) => told.map(({ says }) => says)),
    [twoSyns],
  );
  assert.deepEqual([reading?.file.packets, reading?.families.IPv6, reading?.lasted], [3, 3, 9.5]);
}

describe("a capture file", () => {
  it("is read in both byte orders, with micro- and nanoseconds", () => {
    for (const big of [true, false]) {
      for (const nano of [true, false]) saysTwoSyns(pcap(syns(ethernet), { big, nano }));
      saysTwoSyns(pcapng(syns(ethernet), { big }));
    }
  });

  it("is read from Ethernet, VLANs, Linux' any in both forms, raw IP and loopback", () => {
    saysTwoSyns(pcap(syns((packet) => ethernet(packet, undefined, 100))));
    saysTwoSyns(
      pcap(
        syns((packet) => cooked(ethernet(packet))),
        { link: 113 },
      ),
    );
    saysTwoSyns(
      pcap(
        syns((packet) => cooked(ethernet(packet), 4)),
        { link: 276 },
      ),
    );
    for (const link of [101, 12, 229])
      saysTwoSyns(
        pcap(
          syns((packet) => packet),
          { link },
        ),
      );
    for (const link of [0, 108])
      saysTwoSyns(
        pcap(
          syns((packet) => [30, 0, 0, 0, ...packet]),
          { link },
        ),
      );
  });

  it("says what it does not know, and what was lost and left out", () => {
    const plain = readCapture(pcap(syns(ethernet), { snaplen: 60 }));
    assert.ok(plain);
    const text = packetsToText(plain);
    assert.match(text, /^3 packets in 9\.5 s, IPv6 3, IPv4 0\.$/m);
    assert.match(text, /^The file does not say whether a filter left something out\.$/m);
    assert.match(text, /^The file does not say whether packets were lost while it was made\.$/m);
    assert.match(text, /^Of a packet at most 60 bytes were kept; 2 had more\.$/m);
    const told = readCapture(pcapng(syns(ethernet), { lost: 7, filter: "ip6 and tcp", name: "eth0" }));
    assert.ok(told);
    assert.match(packetsToText(told), /^Filter: ip6 and tcp\. What it left out is not in here\.$/m);
    assert.match(
      packetsToText(told),
      /^7 packets were lost while it was made: what is missing below may be among them\.$/m,
    );
    const known = readCapture(pcap(syns(ethernet)), { point: "pod a/b", filter: "ip6", dropped: 0 });
    assert.ok(known);
    assert.match(packetsToText(known), /^Captured at pod a\/b: 3 packets/);
    assert.match(packetsToText(known), /^No packet was lost while it was made\.$/m);
  });

  it("is read as far as it goes where it is cut off", () => {
    for (const whole of [pcap(syns(ethernet)), pcapng(syns(ethernet))]) {
      const reading = readCapture(whole.subarray(0, whole.length - 5));
      assert.equal(reading?.file.packets, 2);
      assert.match(packetsToText(reading), /^Of the file only a part was read: it ends /m);
    }
    const damaged = pcapng(syns(ethernet));
    damaged.set([3, 0, 0, 0], 32);
    assert.match(
      packetsToText(readCapture(damaged) ?? assert.fail()),
      /only a part was read: it is damaged behind packet 0/,
    );
  });

  it("is no other file", () => {
    for (const bytes of [new Uint8Array(0), new TextEncoder().encode("kind: Pod\n"), new Uint8Array(100).fill(0xa1)])
      assert.deepEqual([isCapture(bytes), readCapture(bytes)], [false, undefined]);
  });

  it("says nothing that a terminal obeys or Markdown reads", () => {
    const hostile = dnsBytes(7, "a\u0007<img>](x)", 1);
    const reading = readCapture(pcap([[0, ethernet(ipv6("fd00::a", "fd00::53", 17, udp(5, 53, hostile)))]]), {
      point: "pod \u001b[31m<b>",
    });
    assert.ok(reading);
    assert.equal(printableLines(packetsToText(reading)), packetsToText(reading));
    assert.doesNotMatch(packetsToMarkdown(reading, "<i>"), /(?<!\\)<(?:img|b|i)>/);
  });
});

/** One of every kind that is read. */
const kinds: readonly (readonly number[])[] = [
  ethernet(syn),
  solicitation("fd00::b", "fd00::a"),
  solicitation("fd00::b", undefined),
  advertisement("fd00::b", undefined),
  arp(1, "10.0.0.1", "02:00:00:00:00:01", "10.0.0.2"),
  ethernet(
    ipv6(
      "fe80::1",
      "ff02::1",
      58,
      icmp6(134, 0, [64, 0, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0, 3, 4, 64, 192, ...Array<number>(28).fill(1)]),
      255,
    ),
  ),
  ethernet(ipv6("fd00::1", "fd00::a", 58, icmp6(2, 0, [0, 0, 5, 150, ...syn]))),
  ethernet(ipv6("fd00::a", "fd00::53", 17, udp(5, 53, dnsBytes(7, "web.shop.svc", 28)))),
  ethernet(ipv6("fd00::1", "fd00::2", 17, udp(5, 8472, [8, 0, 0, 0, 0, 0, 1, 0, ...ethernet(syn)]))),
  ethernet(ipv6("fd00::a", "fd00::b", 44, [58, 0, 0, 1, 0, 0, 0, 1, ...icmp6(128, 0, [0, 1, 0, 1])])),
];

describe("hostile captures", () => {
  const told = (bytes: Uint8Array) => {
    const reading = readCapture(bytes);
    if (reading)
      for (const text of [packetsToText(reading), packetsToMarkdown(reading, "x")]) assert.equal(typeof text, "string");
  };

  it("whatever is changed or cut off in them, nothing is thrown", () => {
    const change = fc.tuple(fc.nat(2_000), fc.nat(255));
    fc.assert(
      fc.property(
        fc.array(fc.nat(kinds.length - 1), { maxLength: 12 }),
        fc.array(change, { maxLength: 20 }),
        fc.nat(3_000),
        fc.boolean(),
        (picked, changes, end, ng) => {
          const packets = picked.map((index, at): At => [at / 3, kinds[index] ?? []]);
          const bytes = ng
            ? pcapng(packets, { lost: 1, filter: "x" })
            : pcap(packets, { link: changes.length % 3 === 0 ? 276 : 1 });
          // The first bytes stay, so that it is still taken for a capture.
          for (const [at, value] of changes) if (at > 4 && at < bytes.length) bytes[at] = value;
          told(bytes.subarray(0, Math.max(30, bytes.length - (end % bytes.length))));
        },
      ),
      { numRuns: process.env.WHOLE ? 20_000 : 1_000 },
    );
  });

  it("any bytes in a packet of any link throw nothing", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom(0, 1, 12, 101, 108, 113, 147, 228, 229, 276),
        (bytes, link) => {
          told(
            pcap(
              [
                [0, [...bytes]],
                [1, [...bytes]],
              ],
              { link },
            ),
          );
        },
      ),
      { numRuns: process.env.WHOLE ? 20_000 : 1_000 },
    );
  });

  it("twenty thousand different questions fill neither memory nor the page", () => {
    const many = Array.from({ length: 20_000 }, (_, index): At => {
      const to = `fd00::${(index >> 8).toString(16)}:${(index & 255).toString(16)}`;
      return [
        index / 100,
        index % 2 ? ethernet(ipv6("fd00::a", to, 6, tcp(index, 80, "S"))) : solicitation(to, "fd00::a"),
      ];
    });
    const reading = readCapture(pcap(many));
    assert.ok(reading);
    assert.ok(packetsToText(reading).split("\n").length < 80);
    assert.match(packetsToText(reading), /^ {4}and \d+ more$/m);
  });
});
