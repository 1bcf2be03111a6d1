import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseAddress } from "#core/addresses/address.ts";
import { difference, parseSnmp6 } from "#core/linux/counters.ts";
import { dnsQuery, parseDnsMessage, parseNslookup } from "#core/linux/dns-message.ts";
import { parseHosts } from "#core/linux/hosts.ts";
import { parseIfInet6 } from "#core/linux/if-inet6.ts";
import { parseIp6tablesSave } from "#core/linux/ip6tables-save.ts";
import { hasDefault, parseIpv6Route, routeTo } from "#core/linux/ipv6-route.ts";
import { parseNetDev } from "#core/linux/net-dev.ts";
import { parseNfConntrack } from "#core/linux/nf-conntrack.ts";
import { parseResolvConf } from "#core/linux/resolv-conf.ts";
import { deviceOf, parseSysctl } from "#core/linux/sysctl.ts";
import { accepts, parseListeners } from "#core/linux/tcp-sockets.ts";

const parsers = [
  parseHosts,
  parseIfInet6,
  parseIp6tablesSave,
  parseIpv6Route,
  parseListeners,
  parseNetDev,
  parseNfConntrack,
  parseNslookup,
  parseResolvConf,
  parseSnmp6,
  parseSysctl,
];

describe("what Linux prints", () => {
  it("never makes a parser throw", () => {
    const odd = [
      "",
      "\n",
      "\u0000\u0001",
      "a b c d e f g h i j k l\n",
      "0 ".repeat(100),
      "[",
      ":::",
      "\ud800",
      "-A",
      "*\n:\n-A x",
    ];
    for (const parse of parsers)
      for (const text of odd) assert.doesNotThrow(() => parse(text), `${parse.name} ${JSON.stringify(text)}`);
    assert.equal(parseDnsMessage("zz", 1, "A"), undefined);
  });

  it("if_inet6: flags by their bits", () => {
    const text = [
      "fd00000a000000000000000000000001 02 40 00 c8     eth0",
      "fd00000a000000000000000000000077 02 40 00 c0     eth0",
      "fd00000a0000000000000000000000d1 02 40 00 20     eth0",
      "fd00000a0000000088eb1efffedca1c0 02 40 00 00     eth0",
      "00000000000000000000000000000001 01 80 10 80       lo",
      "fe80000000000000b4cf87fffe07282f 02 40 20 80     eth0",
    ].join("\n");
    const [failed, running, deprecated, slaac, loopback, local] = parseIfInet6(text);
    assert.deepEqual([failed?.dadFailed, failed?.tentative, failed?.permanent], [true, true, true]);
    assert.deepEqual([running?.dadFailed, running?.tentative], [false, true]);
    assert.equal(deprecated?.deprecated, true);
    assert.deepEqual([slaac?.permanent, slaac?.address], [false, "fd00:a::88eb:1eff:fedc:a1c0"]);
    assert.deepEqual([loopback?.address, loopback?.length, loopback?.scope], ["::1", 128, "host"]);
    assert.deepEqual([local?.scope, local?.device], ["link", "eth0"]);
  });

  it("ipv6_route: defaults, rejects, and the null entry that is none", () => {
    const zero = "0".repeat(32);
    const nothing = `${zero} 00 ${zero} 00 ${zero} ffffffff 00000001 00000000 00200200       lo`;
    const advertised = `${zero} 00 ${zero} 00 fe8000000000000000000000005af9f2 00000400 00000001 00000000 00450003     eth0`;
    const reject = `fd100244000100000000000000000000 40 ${zero} 00 ${zero} 00000400 00000001 00000000 00200200       lo`;
    const pod = `fd100244000100000000000000000011 80 ${zero} 00 ${zero} 00000400 00000001 00000000 00000001 cali123`;
    const own = `fd100244000100000000000000000001 80 ${zero} 00 ${zero} 00000000 00000003 00000000 80200001       lo`;
    assert.deepEqual(parseIpv6Route(nothing), []);
    const routes = parseIpv6Route([nothing, advertised, reject, pod, own].join("\n"));
    assert.equal(hasDefault(routes), true);
    assert.deepEqual([routes[0]?.gateway, routes[0]?.advertised, routes[0]?.expires], ["fe80::5a:f9f2", true, true]);
    const to = (text: string) => routeTo(routes, parseAddress(text) as NonNullable<ReturnType<typeof parseAddress>>);
    assert.equal(to("fd10:244:1::11")?.device, "cali123", "the longest prefix wins");
    assert.equal(to("fd10:244:1::12")?.reject, true);
    assert.equal(to("2001:db8::1")?.destination, "::/0");
    assert.equal(routes.at(-1)?.local, true);
    const byLoopback = (...lines: string[]) =>
      parseIpv6Route(
        lines.map((line) => `${line} ${zero} 00 ${zero} 00000400 00000002 00000000 00000001       lo`).join("\n"),
      );
    assert.deepEqual(
      byLoopback("fd100244000200000000000000000011 80", "fd100244000300000000000000000000 40").map(
        ({ reject }) => reject,
      ),
      [true, true],
      "a nexthop object of the kind blackhole",
    );
    const held = own.replace("fd1002440001", "fd1002440003");
    const [prefix] = parseIpv6Route(
      [
        `fd100244000300000000000000000000 40 ${zero} 00 ${zero} 00000100 00000002 00000000 00000001       lo`,
        held,
      ].join("\n"),
    );
    assert.equal(prefix?.reject, false, "the prefix of an address that lo has");
  });

  it("snmp6: counters, and what moved between two readings", () => {
    const before = parseSnmp6("Ip6InReceives                   \t100\nIp6InAddrErrors                 \t2\n");
    const after = parseSnmp6("Ip6InReceives                   \t100\nIp6InAddrErrors                 \t7\n");
    assert.deepEqual(difference(before, after), { Ip6InAddrErrors: 5 });
  });

  it("tcp and tcp6: little-endian words, listeners only", () => {
    const six = parseListeners(
      "  sl  local_address remote_address st\n   0: 440210FD00000100000000000B000000:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000\n   1: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A 0\n   2: 440210FD00000100000000000B000000:ABCD 00000000000000000000000000000000:0050 01 0\n",
    );
    assert.deepEqual(
      six.map(({ address, port }) => [address, port]),
      [
        ["fd10:244:1::b", 8080],
        ["::", 80],
      ],
    );
    const [four] = parseListeners("   0: 0100007F:1F90 00000000:0000 0A 0\n");
    assert.deepEqual([four?.address, four?.family], ["127.0.0.1", "IPv4"]);
    const [, anywhere] = six;
    assert.ok(anywhere && four);
    assert.equal(accepts(anywhere, "IPv4", "10.0.0.1", 80), true, ":: takes IPv4 as well");
    assert.equal(accepts(four, "IPv6", "::1", 8080), false);
    assert.equal(accepts(four, "IPv4", "10.0.0.1", 8080), false, "loopback only");
  });

  it("net/dev, sysctl files, resolv.conf, hosts", () => {
    const dev = parseNetDev("Inter-|   Receive\n face |bytes packets\n  eth0: 1 2 0 3 0 0 0 0 4 5 0 6 0 0 0 0\n");
    assert.deepEqual(dev.eth0, { receivedPackets: 2, receivedDropped: 3, sentPackets: 5, sentDropped: 6 });
    assert.equal(parseSysctl("1\n"), 1);
    assert.equal(parseSysctl("eui64\n"), undefined);
    assert.equal(deviceOf("/proc/sys/net/ipv6/conf/eth0/accept_ra"), "eth0");
    const resolv = parseResolvConf(
      "# none\nsearch a.b c.d\nnameserver fe80::1%eth0\nnameserver 10.0.0.1 ; old\noptions ndots:5\n",
    );
    assert.deepEqual(resolv, {
      nameservers: ["fe80::1%eth0", "10.0.0.1"],
      search: ["a.b", "c.d"],
      options: ["ndots:5"],
    });
    assert.deepEqual(parseHosts("::1 localhost ip6-localhost # x\n"), [
      { address: "::1", names: ["localhost", "ip6-localhost"] },
    ]);
  });

  it("nf_conntrack: the reply tuple shows what NAT made of a connection", () => {
    const [tracked] = parseNfConntrack(
      "ipv6     10 tcp      6 118 SYN_SENT src=2001:0db8:ffff:0000:0000:0000:0000:0001 dst=fd00:0010:0096:0000:0000:0000:0000:0080 sport=40000 dport=80 [UNREPLIED] src=fd00:0010:0244:0002:0000:0000:0000:0011 dst=2001:0db8:ffff:0000:0000:0000:0000:0001 sport=8080 dport=40000 mark=0 use=1\n",
    );
    assert.deepEqual([tracked?.unreplied, tracked?.protocol, tracked?.original.destinationPort], [true, "tcp", 80]);
    assert.equal(tracked?.reply.source, "fd00:10:244:2::11");
  });

  it("ip6tables-save -c: tables, policies, rules and targets", () => {
    const { chains, rules } = parseIp6tablesSave(
      '# Generated\n*filter\n:FORWARD DROP [12:960]\n:KUBE-FORWARD - [0:0]\n[3:240] -A FORWARD -i cni0 -m comment --comment "a -j x" -j KUBE-FORWARD\n[5:400] -A INPUT -g DROP\nCOMMIT\n',
    );
    assert.deepEqual(chains[0], { table: "filter", chain: "FORWARD", policy: "DROP", packets: 12 });
    assert.deepEqual(
      rules.map(({ chain, packets, target }) => [chain, packets, target]),
      [
        ["FORWARD", 3, "KUBE-FORWARD"],
        ["INPUT", 5, "DROP"],
      ],
    );
  });
});

describe("DNS", () => {
  it("writes a query and reads an answer, compressed names included", () => {
    assert.equal(dnsQuery(0x6b38, "a.bc.", "AAAA"), "6b3801000001000000000000016102626300001c0001");
    const question = "0377656200001c0001";
    const message = `6b3881800001000100000000${question}c00c001c00010000001e0010fd001000009600000000000000000080`;
    assert.deepEqual(parseDnsMessage(message, 0x6b38, "AAAA"), { status: "NOERROR", addresses: ["fd00:1000:96::80"] });
    assert.deepEqual(parseDnsMessage(`6b3881830001000000000000${question}`, 0x6b38, "AAAA"), {
      status: "NXDOMAIN",
      addresses: [],
    });
    assert.equal(parseDnsMessage(message, 0x1111, "AAAA"), undefined, "an answer to somebody else");
  });

  it("reads what nslookup prints, its lines joined or not", () => {
    const head = "Server:\t\tfd00:10:96::a\nAddress:\t[fd00:10:96::a]:53\n\n";
    const found = `${head}Name:\tweb.default.svc.cluster.local\nAddress: fd00:10:96::80\n`;
    assert.deepEqual(parseNslookup(found), { status: "NOERROR", addresses: ["fd00:10:96::80"] });
    assert.deepEqual(parseNslookup(found.replace(/\s+/g, " ")), { status: "NOERROR", addresses: ["fd00:10:96::80"] });
    assert.deepEqual(parseNslookup(`${head}*** Can't find web: No answer\n`), { status: "NOERROR", addresses: [] });
    assert.deepEqual(parseNslookup(`${head}** server can't find nope.example: NXDOMAIN\n`)?.status, "NXDOMAIN");
    assert.equal(parseNslookup(";; connection timed out; no servers could be reached\n"), undefined);
  });
});
