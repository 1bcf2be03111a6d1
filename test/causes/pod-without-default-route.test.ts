import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge } from "./case.ts";
import * as seen from "./observed.ts";
import { ours, tracked } from "./overlay.ts";

const unreachable = [{ outcome: "network-unreachable", ms: 0 }] as const;

describe("pod-without-default-route", () => {
  it("an address, and only the kernel's null entry for ::/0", () => {
    const given = { dials: unreachable, seen: { addresses: seen.podAddresses, routes: seen.routes() } };
    assert.equal(judge("pod-without-default-route", given).status, "proven");
    const disabled = { ...given, seen: { addresses: seen.linkLocalOnly, routes: seen.routes() } };
    assert.equal(
      judge("pod-without-default-route", disabled).status,
      "excluded",
      "without an address it is another cause",
    );
    const fine = { ...given, seen: { addresses: seen.podAddresses, routes: seen.routes(seen.staticDefault) } };
    assert.equal(judge("pod-without-default-route", fine).status, "excluded");
  });

  it("pod-without-default-route is only possible while nothing fails", () => {
    const seenHere = { addresses: seen.podAddresses, routes: seen.routes() };
    assert.equal(judge("pod-without-default-route", { dials: [{ outcome: "ok" }], seen: seenHere }).status, "possible");
  });

  it("the destination is looked into only if dialling it fails", () => {
    const silent = [{ outcome: "timeout", ms: 2000 }] as const;
    const seenHere = {
      "addresses pod default/a": seen.podAddresses,
      "addresses pod default/b": seen.podAddresses,
      "routes pod default/a": seen.routes(seen.staticDefault),
      "routes pod default/b": seen.routes(),
    };
    const come = (text: string) => ({ "transit node n2": { devices: {}, counters: {}, tracked: tracked(text) } });
    const verdict = (more: object) =>
      judge("pod-without-default-route", { dials: silent, seen: { ...seenHere, ...more } }).status;
    assert.equal(verdict(come(ours("SYN_SENT"))), "proven");
    const translated = ours("SYN_SENT").replace(
      /dst=fd00:0010:0244:0001\S+ sport=8080/,
      "dst=fd00:0010:0244:0002:0000:0000:0000:0001 sport=8080",
    );
    assert.equal(verdict(come(translated)), "excluded", "its node answers for the source, on the link");
    assert.equal(verdict(come("")), "possible", "it never came there");
    const broken = judge("pod-without-default-route", { dials: silent, seen: seenHere });
    assert.match(broken.because, /pod default\/b has/);
    assert.equal(judge("pod-without-default-route", { dials: [{ outcome: "ok" }], seen: seenHere }).status, "excluded");
  });
});
