import { spanOf } from "../addresses/span.ts";
import { fileOf } from "../facts/identities.ts";
import { type Fact, fact, type KnownFact } from "../lint/fact.ts";
import type { Rule, World } from "../lint/rule.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "BFD echo with an IPv6 pool",
  why: `MetalLB's BFD echo mode is for IPv4 sessions. A peer whose profile has it cannot be told of a pool with IPv6 addresses, and
MetalLB keeps its whole former configuration. Turn \`echoMode\` off, or announce the pool to other peers.`,
  source: "https://github.com/metallb/metallb/blob/main/internal/config/validation.go",
  severity: "error",
  codes: ["MLB006"],
  kinds: ["BGPPeer"],
  groups: ["metallb.io"],
  example: {
    bad: manifest(true),
    good: manifest(false),
  },

  *check(peer, world) {
    const profile = peer.get("spec", "bfdProfile");
    if (!profile?.text) return;
    const near = nearBy(world, peer);
    const echo = near(echoProfiles).some(({ name, value }) => value && name === profile.text);
    const told = near(announcements).filter(
      ({ value: { peers } }) => peers.length === 0 || peers.includes(peer.name ?? ""),
    );
    const pool = near(ipv6Pools).find(
      ({ name, value }) =>
        value && told.some(({ value: { pools } }) => pools.length === 0 || pools.includes(name ?? "")),
    );
    if (!echo || !pool) return;
    yield {
      at: profile,
      message: `pool ${pool.name} has IPv6 and this peer has bfd echo enabled, which is not possible: turn echoMode off`,
    };
  },
};

const echoProfiles = fact(["BFDProfile"], (profile) => profile.get("spec", "echoMode")?.boolean === true);

const ipv6Pools = fact(["IPAddressPool"], (pool) =>
  (pool.get("spec", "addresses")?.items() ?? []).some(({ text = "" }) => spanOf(text)?.first.family === "IPv6"),
);

/** Empty lists mean all; one that chooses pools by their labels says nothing here. */
const announcements = fact(["BGPAdvertisement"], (advertisement) => {
  const spec = advertisement.get("spec");
  if (spec?.has("ipAddressPoolSelectors")) return undefined;
  const names = (key: string) => (spec?.get(key)?.items() ?? []).map(({ text = "" }) => text);
  return { pools: names("ipAddressPools"), peers: names("peers") };
});

/** What stands in the peer's own file. */
function nearBy(world: World, peer: Resource) {
  const file = fileOf(world, peer);
  return <T>(of: Fact<T>): readonly KnownFact<T>[] => world.all(of).filter((known) => known.file === file);
}

function manifest(echo: boolean): string {
  const metadata = "metadata:\n  name: edge\n  namespace: metallb-system\n";
  return `apiVersion: metallb.io/v1beta2
kind: BGPPeer
${metadata}spec:
  peerAddress: fd12:3456:789a::1
  bfdProfile: edge
---
apiVersion: metallb.io/v1beta1
kind: BFDProfile
${metadata}spec:
  echoMode: ${echo}
---
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
${metadata}spec:
  addresses: ["fd12:3456:789d::/120"]
---
apiVersion: metallb.io/v1beta1
kind: BGPAdvertisement
${metadata}`;
}
