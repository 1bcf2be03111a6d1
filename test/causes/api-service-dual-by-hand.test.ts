import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody, serviceObject } from "./case.ts";
import { exampleOf } from "./example.ts";
import { variants } from "./variants.ts";

const given = exampleOf("api-service-dual-by-hand");
const published = (...addresses: string[]) => ({ "endpoint-slices": [{ endpoints: [{ addresses }] }] });

describe("api-service-dual-by-hand", () => {
  it("is proven where an address was given that no endpoint stands behind", () => {
    const { status, because, fix } = judge("api-service-dual-by-hand", given);
    assert.equal(status, "proven", because);
    assert.match(because, /clusterIPs \[10\.96\.0\.1,fd00:10:96::1\], and its endpoints are 172\.18\.1\.1/);
    assert.match(fix ?? "", /--advertise-address/);
    assert.notEqual(judge("no-ready-ipv6-endpoints", given).status, "proven");
  });

  it("is not any other Service without IPv6 endpoints", () => {
    const services = [serviceObject("web", { clusterIPs: ["10.96.0.1", "fd00:10:96::1"] })];
    assert.equal(judge("api-service-dual-by-hand", { ...given, services }).status, "excluded");
  });

  variants("api-service-dual-by-hand", given, {
    "the API server advertises IPv6": [published("2001:db8:18::101"), "excluded"],
    "nothing is published at all": [{ "endpoint-slices": [] }, "excluded"],
    "nobody may look": [{ "endpoint-slices": nobody }, "unknown"],
  });
});
