import assert from "node:assert/strict";
import { it } from "node:test";
import { pathsOf } from "#core/diagnosis/path.ts";
import { judged } from "#test/causes/case.ts";

it("that IPv4 connects is said where IPv6 does not, and not where it hangs on a large packet", () => {
  const underlay = (outcome: "timeout" | "stalls") => {
    const dials = [{ outcome }, { outcome: "ok", family: "IPv4" }] as const;
    const { symptoms } = judged("path-mtu-black-hole", { dials }).subject;
    const [dial] = symptoms;
    const cause = {
      code: "M03",
      layer: "link",
      summary: "narrow",
      because: "seen",
      explains: [dial?.id ?? ""],
    } as const;
    const verdicts = [{ ...cause, status: "proven" as const, latent: false }];
    const path = pathsOf(symptoms, { answerTo: () => undefined }, [], verdicts, 1.5);
    return path.find(({ hop }) => hop === "underlay")?.because;
  };
  assert.equal(underlay("timeout"), "narrow: seen; IPv4 works");
  assert.equal(underlay("stalls"), "narrow: seen");
});
