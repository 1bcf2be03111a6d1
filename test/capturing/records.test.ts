import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { PacketRecords } from "#core/capturing/records.ts";
import { readCapture } from "#core/packets/reading/reading.ts";
import { ethernet, ipv6, pcap } from "../packets/made.ts";

const packets = [0, 1, 2].map((time) => [time, ethernet(ipv6("fd00::a", "fd00::b", 59, [1, 2, 3]))] as const);

/** What of a stream in pieces is written. */
function written(stream: Uint8Array, pieces: readonly number[], most: number) {
  const records = new PacketRecords(most);
  const out: number[] = [];
  let at = 0;
  for (const size of [...pieces, stream.length]) {
    out.push(...records.push(stream.subarray(at, at + size)));
    at += size;
  }
  return { records, bytes: Uint8Array.from(out) };
}

test("however a stream comes in pieces, whole packets are written, and all of them", () => {
  for (const big of [true, false]) {
    const stream = pcap(packets, { big });
    fc.assert(
      fc.property(fc.array(fc.nat(60), { maxLength: 30 }), (pieces) => {
        const { records, bytes } = written(stream, pieces, 1_000_000);
        assert.deepEqual([bytes, records.packets, records.bytes], [stream, 3, stream.length]);
      }),
    );
  }
});

test("what ends in the middle of a packet, or would grow beyond its size, is a whole file of fewer", () => {
  const stream = pcap(packets);
  for (const { bytes, records } of [
    written(stream.subarray(0, stream.length - 1), [], 1_000_000),
    written(stream, [], stream.length - 1),
  ]) {
    const reading = readCapture(bytes);
    assert.deepEqual([reading?.file.packets, reading?.file.problem, records.packets], [2, undefined, 2]);
  }
  assert.equal(written(stream, [], stream.length - 1).records.ended, "size");
  assert.equal(written(stream, [], stream.length).records.ended, undefined);
});

test("what is no capture is not written", () => {
  const { records, bytes } = written(new TextEncoder().encode("tcpdump: no such device exists, at all"), [5, 7], 1_000);
  assert.deepEqual([records.ended, bytes.length], ["damaged", 0]);
  const damaged = pcap(packets);
  damaged.set([0xff, 0xff, 0xff, 0xff], 24 + 8);
  assert.deepEqual(
    [written(damaged, [], 1_000).records.ended, written(damaged, [], 1_000).bytes.length],
    ["damaged", 24],
  );
});
