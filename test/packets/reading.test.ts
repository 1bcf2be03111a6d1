import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readCapture } from "#core/packets/reading/reading.ts";
import {
  type At,
  addressBytes,
  advertisement,
  arp,
  cooked,
  dnsBytes,
  eth0,
  ethernet,
  icmp6,
  ipv4,
  ipv6,
  n16,
  n32,
  pcap,
  peer,
  solicitation,
  tcp,
  udp,
} from "./made.ts";

const a = "fd00::a";
const b = "fd00::b";
const third = "02:00:00:00:00:03";

/** "! IPv6 what is said [packets]" of every line; the capture goes on for five seconds after the last packet, unless it is said. */
function told(packets: readonly At[], { ends = 5, link = 1 } = {}): string[] {
  const last = packets.at(-1)?.[0] ?? 0;
  const silence = ethernet(ipv6("fd00::9", "fd00::8", 59, []));
  const after: At[] = [[last + ends, link === 1 ? silence : cooked(silence, link === 276 ? 2 : undefined)]];
  const reading = readCapture(pcap([...packets, ...after], { link }), {
    interfaces: new Map([
      [2, "eth0"],
      [3, "veth1"],
    ]),
  });
  assert.ok(reading);
  return reading.sections.flatMap(({ told: lines }) =>
    lines.map(({ odd, family, says, packets: numbers }) => `${odd ? "! " : ""}${family} ${says} [${numbers}]`),
  );
}

describe("neighbours", () => {
  const own = (target: string) => cooked(solicitation(target, a), 2, true);
  const any = { link: 276 };

  it("says which solicitation has no advertisement, and which has", () => {
    assert.deepEqual(
      told(
        [
          [0, own(b)],
          [1, own(b)],
          [2, own(b)],
        ],
        any,
      ),
      [`! IPv6 ${a} solicits neighbour ${b} on eth0, 3 times within 2.0 s: no advertisement in this capture [1,2,3]`],
    );
    assert.deepEqual(
      told([
        [0, solicitation(b, a)],
        [0.1, advertisement(b, a)],
      ]),
      [`IPv6 ${a} solicits neighbour ${b}: answered [1]`],
    );
  });

  it("marks no question of somebody whose answers would not come by here", () => {
    const asked: At[] = [
      [0, cooked(solicitation(b, a), 2)],
      [1, cooked(solicitation(b, a), 2)],
    ];
    const says = `${a} solicits neighbour ${b} on eth0, 2 times within 1.0 s: no`;
    const nothing = `IPv6 ${says} answer in this capture, where answers to others need not come by [1,2]`;
    assert.deepEqual(told(asked, any), [nothing]);
    const toAsker = ethernet(ipv6("fd00::c", a, 59, []), peer);
    assert.deepEqual(told([...asked, [2, cooked(toAsker, 2, true)]], any), [nothing], "an answer of our own");
    assert.deepEqual(told([...asked, [2, cooked(toAsker, 2)]], any), [
      `! IPv6 ${says} advertisement in this capture [1,2]`,
    ]);
  });

  it("knows on Ethernet, which has no directions, whose interface it was", () => {
    const asked: At[] = [
      [0, solicitation(b, a)],
      [1, solicitation(b, a)],
    ];
    const odd = `! IPv6 ${a} solicits neighbour ${b}, 2 times within 1.0 s: no advertisement in this capture [1,2]`;
    assert.deepEqual(told(asked), [odd], "nobody else is heard");
    const others = (from: string, to: string) =>
      [...ethernet(ipv6("fd00::8", "fd00::9", 59, []), from)].with(5, Number(to.at(-1)));
    // Of every frame to one receiver the asker is a part.
    assert.deepEqual(told([...asked, [2, others(eth0, "3")], [2.1, others(third, "1")], [2.2, others(eth0, "4")]]), [
      odd,
    ]);
    // The interface is another's.
    assert.match(
      told([...asked, [2, others(third, "2")], [2.1, others(third, "1")]])[0] ?? "",
      /^IPv6 .*need not come by/,
    );
  });

  it("does not take an answer to somebody else, or to an earlier question, for one", () => {
    assert.deepEqual(
      told(
        [
          [0, own(b)],
          [0.1, cooked(advertisement(b, "fd00::c"), 2)],
        ],
        any,
      ),
      [`! IPv6 ${a} solicits neighbour ${b} on eth0: no advertisement in this capture [1]`],
    );
    assert.deepEqual(
      told([
        [0, solicitation(b, a)],
        [0.1, advertisement(b, a)],
        [5, solicitation(b, a)],
        [6, solicitation(b, a)],
      ]),
      [`! IPv6 ${a} solicits neighbour ${b}, 2 times within 1.0 s: no advertisement in this capture any more [3,4]`],
    );
  });

  it("claims nothing of what was asked as the capture ended, and takes what a bridge asks everywhere for one question", () => {
    assert.deepEqual(told([[0, solicitation(b, a)]], { ends: 0.5 }), [
      `IPv6 ${a} solicits neighbour ${b} as the capture ends [1]`,
    ]);
    const twice: At[] = [
      [0, cooked(solicitation(b, a), 2)],
      [0.001, cooked(solicitation(b, a), 3, true)],
      [0.01, cooked(advertisement(b, a), 2)],
    ];
    assert.deepEqual(told(twice, any), [`IPv6 ${a} solicits neighbour ${b} on eth0: answered [1]`]);
  });

  it("finds a duplicate address, by an answer to a check and by two who check at once", () => {
    assert.deepEqual(
      told([
        [0, solicitation(b, undefined)],
        [0.2, advertisement(b, undefined, third)],
      ]),
      [`! IPv6 duplicate address ${b}: ${eth0} checks whether somebody has it, and ${third} says so [1,2]`],
    );
    assert.deepEqual(
      told([
        [0, solicitation(b, undefined)],
        [0.2, solicitation(b, undefined, third)],
      ]),
      [`! IPv6 duplicate address ${b}: ${eth0} and ${third} check at the same time whether somebody has it [1,2]`],
    );
    assert.deepEqual(told([[0, solicitation(b, undefined)]]), [
      `IPv6 ${eth0} checks whether somebody has ${b}, and nobody says so in this capture [1]`,
    ]);
    // Its own check, come back from a bridge, and its own first word afterwards.
    assert.deepEqual(
      told([
        [0, solicitation(b, undefined)],
        [0.01, solicitation(b, undefined)],
        [1, advertisement(b, undefined, eth0)],
      ]),
      [`IPv6 ${eth0} checks whether somebody has ${b}, and nobody says so in this capture [1]`],
    );
  });

  it("says who has an address twice on one link, and nothing where links are not told apart", () => {
    const both: At[] = [
      [0, advertisement(b, a)],
      [1, advertisement(b, a, third)],
    ];
    assert.deepEqual(told(both), [`! IPv6 ${peer} and ${third} both say to be ${b} [1,2]`]);
    assert.deepEqual(
      told(
        both.map(([time, bytes]): At => [time, cooked(bytes)]),
        { link: 113 },
      ),
      [],
    );
  });

  it("reads ARP alike", () => {
    assert.deepEqual(
      told(
        [
          [0, cooked(arp(1, "10.0.0.1", eth0, "10.0.0.2"), 2, true)],
          [1, cooked(arp(1, "10.0.0.1", eth0, "10.0.0.2"), 2, true)],
        ],
        any,
      ),
      ["! IPv4 10.0.0.1 asks by ARP for 10.0.0.2 on eth0, 2 times within 1.0 s: no reply in this capture [1,2]"],
    );
    assert.deepEqual(
      told([
        [0, arp(1, "10.0.0.1", eth0, "10.0.0.2")],
        [0.1, arp(2, "10.0.0.2", peer, "10.0.0.1")],
      ]),
      ["IPv4 10.0.0.1 asks by ARP for 10.0.0.2: answered [1]"],
    );
    assert.deepEqual(
      told([[0, arp(1, "10.0.0.1", eth0, "10.0.0.1")]]),
      [],
      "who tells the own address asks for nobody",
    );
    assert.deepEqual(
      told([
        [0, arp(1, "0.0.0.0", eth0, "10.0.0.9")],
        [0.1, arp(2, "10.0.0.9", third, "0.0.0.0")],
      ]),
      [`! IPv4 duplicate address 10.0.0.9: ${eth0} checks whether somebody has it, and ${third} says so [1,2]`],
    );
  });

  it("takes nothing that came over a router for a neighbour's", () => {
    const far = ethernet(ipv6(a, "ff02::1:ff00:b", 58, icmp6(135, 0, [0, 0, 0, 0, ...addressBytes(b)]), 64));
    assert.deepEqual(
      told([
        [0, far],
        [1, far],
      ]),
      [],
    );
  });
});

describe("ICMP errors", () => {
  const refusing = (type: number, code: number, word: number, about: readonly number[], from = "fd00::1") =>
    ethernet(ipv6(from, a, 58, icmp6(type, code, [...n32(word), ...about])));

  it("says which error came from where about which flow", () => {
    const syn = (port: number) => ipv6(a, b, 6, tcp(port, 8080, "S"));
    assert.deepEqual(told([[0, refusing(1, 4, 0, ipv6(a, b, 17, udp(5555, 53, [])))]]), [
      `! IPv6 fd00::1 says to ${a}: port unreachable; about UDP from ${a} to [${b}]:53 [1]`,
    ]);
    assert.deepEqual(
      told([
        [0, refusing(1, 1, 0, syn(40000))],
        [1, refusing(1, 1, 0, syn(40001))],
      ]),
      [
        `! IPv6 fd00::1 says to ${a}: administratively prohibited; about TCP from ${a} to [${b}]:8080, 2 times within 1.0 s [1,2]`,
      ],
    );
  });

  it("says packet too big with the size, per family", () => {
    const large = ipv6(a, b, 6, tcp(1, 8080, "A"), 64, 1460);
    assert.deepEqual(told([[0, refusing(2, 0, 1430, large)]]), [
      `! IPv6 fd00::1 says to ${a}: packet too big: the next link takes 1430 bytes, and the packet had 1500; about TCP from ${a} to [${b}]:8080 [1]`,
    ]);
    assert.match(
      told([[0, refusing(2, 0, 1200, large)]])[0] ?? "",
      /takes 1200 bytes \(less than the 1280 that every IPv6 link has to take\)/,
    );
    const large4 = ipv4("10.0.0.1", "10.0.0.2", 6, tcp(1, 8080, "A"), 1480);
    const needed = ethernet(ipv4("10.0.0.254", "10.0.0.1", 1, [3, 4, 0, 0, 0, 0, ...n16(1450), ...large4]));
    assert.deepEqual(told([[0, needed]]), [
      "! IPv4 10.0.0.254 says to 10.0.0.1: fragmentation needed: the next link takes 1450 bytes, and the packet had 1500; about TCP from 10.0.0.1 to 10.0.0.2:8080 [1]",
    ]);
  });

  it("reads an error whose quotation was cut off", () => {
    assert.deepEqual(told([[0, refusing(1, 3, 0, ipv6(a, b, 6, []).slice(0, 20))]]), [
      `! IPv6 fd00::1 says to ${a}: address unreachable [1]`,
    ]);
  });
});

describe("TCP", () => {
  const to = (flags: string, port = 40000, sequence = 1, acknowledged = 0, carries = 0) =>
    ethernet(ipv6(a, b, 6, tcp(port, 80, flags, sequence, acknowledged, carries)));
  const back = (flags: string, port = 40000, sequence = 1, acknowledged = 0) =>
    ethernet(ipv6(b, a, 6, tcp(80, port, flags, sequence, acknowledged)), peer);
  const ab = `IPv6 ${a} to [${b}]:80`;

  it("tells what was answered, refused, and not answered", () => {
    assert.deepEqual(
      told([
        [0, to("S")],
        [0.1, back("SA")],
        [0.2, to("A")],
      ]),
      [`${ab}: opened [1]`],
    );
    assert.deepEqual(
      told([
        [0, to("S")],
        [1, to("S")],
        [3, to("S")],
      ]),
      [`! ${ab}: 3 SYNs, no answer in this capture [1,2,3]`],
    );
    assert.deepEqual(
      told([
        [0, to("S")],
        [0.1, back("RA")],
      ]),
      [`! ${ab}: refused (RST) [1,2]`],
    );
    assert.deepEqual(
      told([
        [0, to("S")],
        [0.1, back("SA")],
        [0.2, to("A")],
        [2, back("RA")],
      ]),
      [`! ${ab}: opened, then broken off by the server (RST) [4]`],
    );
    assert.deepEqual(told([[0, to("S")]], { ends: 0.4 }), [`${ab}: asked as the capture ends [1]`]);
  });

  it("takes a copy on another interface for no retransmission, and an answer on another way for one", () => {
    assert.deepEqual(
      told([
        [0, to("S")],
        [0.001, to("S")],
        [0.002, to("S")],
      ]),
      [`! ${ab}: one SYN, no answer in this capture [1]`],
    );
    assert.deepEqual(
      told([
        [0, to("S")],
        [0.2, to("A", 40000, 2, 9)],
      ]),
      [`${ab}: opened [1]`],
    );
  });

  it("sums up tries from ever new ports", () => {
    const tries = [1, 2, 3].flatMap((n): At[] => [
      [n, to("S", n)],
      [n + 0.1, back("RA", n)],
    ]);
    assert.deepEqual(told(tries), [`! ${ab}: refused (RST) (3 connections) [1,2,3,5]`]);
  });

  it("names the ICMP error that a SYN met, and data that is sent again and again", () => {
    const prohibited = ethernet(
      ipv6("fd00::1", a, 58, icmp6(1, 1, [0, 0, 0, 0, ...ipv6(a, b, 6, tcp(40000, 80, "S"))])),
    );
    assert.equal(
      told([
        [0, to("S")],
        [0.1, prohibited],
      ])[0],
      `! ${ab}: refused by an ICMP error, see below [1]`,
    );
    const large = (time: number): At => [time, to("A", 40000, 2, 9, 1400)];
    const opened: At[] = [
      [0, to("S")],
      [0.1, back("SA")],
      [0.2, to("A", 40000, 2, 9)],
    ];
    assert.deepEqual(told([...opened, large(0.3), large(0.6), large(1.2)]), [
      `! ${ab}: the client sends the same 1400 bytes again (packets of 1460), 3 times within 0.9 s, not acknowledged in this capture [4,5,6]`,
    ]);
    assert.deepEqual(told([...opened, large(0.3), large(0.6), large(1.2), [1.3, back("A", 40000, 9, 1402)]]), [
      `${ab}: opened [1]`,
    ]);
  });
});

describe("router advertisements", () => {
  const prefix = (length: number, valid = 3600) => [
    3,
    4,
    length,
    0xc0,
    ...n32(valid),
    ...n32(1800),
    0,
    0,
    0,
    0,
    ...addressBytes("2001:db8::"),
  ];
  const advertised = (lifetime: number, flags: number, options: readonly number[] = [], hops = 255) =>
    ethernet(
      ipv6(
        "fe80::1",
        "ff02::1",
        58,
        icmp6(134, 0, [64, flags, ...n16(lifetime), ...n32(0), ...n32(0), ...options]),
        hops,
      ),
      peer,
    );
  const router = `router fe80::1 (${peer}): `;

  it("says from whom, for how long, which prefixes and flags", () => {
    const options = [
      ...prefix(64),
      5,
      1,
      0,
      0,
      ...n32(1400),
      25,
      3,
      0,
      0,
      ...n32(600),
      ...addressBytes("2001:db8::53"),
    ];
    assert.deepEqual(told([[0, advertised(1800, 0xc0, options)]]), [
      `IPv6 ${router}default router for 1800 s, M 1, O 1 (addresses by DHCPv6), prefix 2001:db8::/64 (on-link, SLAAC, valid 3600 s, preferred 1800 s), MTU 1400, DNS 2001:db8::53 [1]`,
    ]);
  });

  it("marks a lifetime of 0, a prefix without addresses, and what hosts ignore", () => {
    assert.deepEqual(told([[0, advertised(0, 0)]]), [
      `! IPv6 ${router}lifetime 0, so it is no default router (any more), M 0, O 0, no prefix [1]`,
    ]);
    assert.match(
      told([[0, advertised(1800, 0, prefix(56))]])[0] ?? "",
      /^! .*no address is made of 2001:db8::\/56, since SLAAC needs 64 bits/,
    );
    assert.match(
      told([[0, advertised(1800, 0, [], 64)]])[0] ?? "",
      /^! .*hosts ignore it, since its hop limit is 64, not 255/,
    );
  });

  it("says who solicits a router in vain", () => {
    const asks = ethernet(ipv6("fe80::a", "ff02::2", 58, icmp6(133, 0, [0, 0, 0, 0]), 255));
    const sent = cooked(asks, 2, true);
    assert.deepEqual(
      told(
        [
          [0, sent],
          [4, sent],
        ],
        { link: 276 },
      ),
      ["! IPv6 fe80::a solicits routers on eth0, 2 times within 4.0 s: no advertisement in this capture [1,2]"],
    );
    assert.equal(
      told([
        [0, asks],
        [4, advertised(1800, 0)],
      ]).at(-1),
      "IPv6 fe80::a solicits routers: answered [1]",
    );
  });
});

describe("DNS", () => {
  const ask = (type: number, id = 7) =>
    ethernet(ipv6(a, "fd00::53", 17, udp(5555, 53, dnsBytes(id, "web.shop", type))));
  const answer = (type: number, more: Parameters<typeof dnsBytes>[3]) =>
    ethernet(ipv6("fd00::53", a, 17, udp(53, 5555, dnsBytes(7, "web.shop", type, more))), peer);
  const asks = (type: string) => `IPv6 ${a} asks [fd00::53]:53 for ${type} of web.shop`;

  it("tells A from AAAA, and what came of each", () => {
    assert.deepEqual(
      told([
        [0, ask(1)],
        [0.1, ask(28)],
        [0.2, answer(1, { flags: 0x8180, answers: [addressBytes("10.96.0.1")] })],
        [5, ask(28)],
      ]),
      [`! ${asks("AAAA")}, 2 times within 4.9 s: no answer in this capture [2,4]`, `${asks("A")}: 10.96.0.1 [1,3]`],
    );
    assert.deepEqual(
      told([
        [0, ask(28)],
        [0.1, answer(28, { flags: 0x8180 })],
      ]),
      [`${asks("AAAA")}: there is no such record [1,2]`],
    );
    assert.deepEqual(
      told([
        [0, ask(28)],
        [0.1, answer(28, { flags: 0x8183 })],
      ]),
      [`${asks("AAAA")}: NXDOMAIN [1,2]`],
    );
    assert.deepEqual(
      told([
        [0, ask(28)],
        [0.1, answer(28, { flags: 0x8182 })],
      ]),
      [`! ${asks("AAAA")}: SERVFAIL [1,2]`],
    );
  });

  it("writes out what is no letter of a name", () => {
    const hostile = ethernet(ipv6(a, "fd00::53", 17, udp(5555, 53, dnsBytes(7, "\u001b[2J", 1))));
    assert.match(told([[0, hostile]])[0] ?? "", /for A of \\027\[2J/);
  });
});

describe("pings and tunnels", () => {
  const ping = (sequence: number) => ethernet(ipv6(a, b, 58, icmp6(128, 0, [0, 1, ...n16(sequence)])));
  const pong = (sequence: number) => ethernet(ipv6(b, a, 58, icmp6(129, 0, [0, 1, ...n16(sequence)])), peer);

  it("counts pings that were answered", () => {
    assert.deepEqual(
      told([
        [0, ping(1)],
        [0.1, pong(1)],
        [1, ping(2)],
        [1.1, pong(2)],
      ]),
      [`IPv6 ${a} pings ${b}: 2 of 2 answered [1,3]`],
    );
    assert.deepEqual(
      told([
        [0, ping(1)],
        [1, ping(2)],
      ]),
      [`! IPv6 ${a} pings ${b}, 2 times within 1.0 s: no answer in this capture [1,2]`],
    );
  });

  it("opens VXLAN, Geneve and IP in IP, and says what they cost", () => {
    const inner = ethernet(ipv6(a, b, 6, tcp(40000, 80, "S")));
    const vxlan = (from: string, to: string, inside: readonly number[]) =>
      ethernet(ipv6(from, to, 17, udp(5000, 8472, [8, 0, 0, 0, 0, 0, 1, 0, ...inside])));
    const back = ethernet(ipv6(b, a, 6, tcp(80, 40000, "SA")));
    assert.deepEqual(
      told([
        [0, vxlan("2001:db8::1", "2001:db8::2", inner)],
        [0.1, vxlan("2001:db8::2", "2001:db8::1", back)],
      ]),
      [
        `IPv6 ${a} to [${b}]:80: opened [1]`,
        "IPv6 VXLAN (VNI 1) over IPv6 from 2001:db8::1 to 2001:db8::2: 1 packets with 1 of IPv6 and 0 of IPv4 in them, it costs 70 bytes of each packet [1]",
        "IPv6 VXLAN (VNI 1) over IPv6 from 2001:db8::2 to 2001:db8::1: 1 packets with 1 of IPv6 and 0 of IPv4 in them, it costs 70 bytes of each packet [2]",
      ],
    );
    const over4 = ethernet(
      ipv4("172.18.0.1", "172.18.0.2", 17, udp(5000, 6081, [0, 0, 0x65, 0x58, 0, 0, 5, 0, ...inner])),
    );
    assert.match(
      told([[0, over4]])[1] ?? "",
      /^! IPv4 Geneve \(VNI 5\) over IPv4 .* it costs 50 bytes of each packet, none the other way in this capture/,
    );
    const ipip = ethernet(ipv4("172.18.0.1", "172.18.0.2", 41, ipv6(a, b, 6, tcp(1, 80, "S"))));
    assert.match(told([[0, ipip]])[1] ?? "", /IPv6 in IP over IPv4 .* it costs 20 bytes/);
  });
});
