import { familyOf } from "../addresses/address.ts";
import type { Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "An MTU below 1280 on a device that carries IPv6",
  why: `Every IPv6 link has to carry packets of 1280 bytes; below that Linux takes IPv6 off the device, addresses included.
VXLAN over IPv6 costs 70 bytes, so that 1430 of 1500 remain.`,
  source: "https://www.rfc-editor.org/rfc/rfc8200#section-5",
  severity: "warning",
  codes: ["MTU001"],
  kinds: ["FelixConfiguration", "Installation", "CNIConfig", "FlannelNetConf", "ConfigMap"],
  mentions: [/mtu/],
  example: {
    bad: `apiVersion: projectcalico.org/v3
kind: FelixConfiguration
metadata:
  name: default
spec:
  vxlanMTUV6: 1200
`,
    good: `apiVersion: projectcalico.org/v3
kind: FelixConfiguration
metadata:
  name: default
spec:
  vxlanMTUV6: 1430
`,
  },

  *check(resource) {
    for (const field of mtus(resource)) {
      const value = Number(field.text);
      if (!Number.isInteger(value) || value < 1 || value >= 1280) continue;
      yield {
        at: field,
        message: `IPv6 needs an MTU of at least 1280, and ${value} takes it off the device; raise it`,
      };
    }
  },
};

/** MTU fields of devices that carry IPv6. 0 means detect, everywhere. */
function mtus(resource: Resource): readonly Field[] {
  const fields = candidates(resource);
  return fields.flatMap((field) => field ?? []);
}

function candidates(resource: Resource): readonly (Field | undefined)[] {
  switch (resource.kind) {
    case "FelixConfiguration":
      return [resource.get("spec", "vxlanMTUV6"), resource.get("spec", "wireguardMTUV6")];
    case "Installation":
      return carriesIPv6(resource.get("spec", "calicoNetwork", "ipPools"))
        ? [resource.get("spec", "calicoNetwork", "mtu")]
        : [];
    case "CNIConfig": {
      const plugins = resource.get("plugins")?.items() ?? [resource.root];
      return plugins.map((plugin) => (carriesIPv6(plugin.get("ipam")) ? plugin.get("mtu") : undefined));
    }
    case "FlannelNetConf":
      return resource.get("EnableIPv6")?.boolean === true ? [resource.get("Backend", "MTU")] : [];
    default:
      return resource.name === "cilium-config" && resource.get("data", "enable-ipv6")?.text === "true"
        ? [resource.get("data", "mtu")]
        : [];
  }
}

function carriesIPv6(field: Field | undefined): boolean {
  return (field?.scalars() ?? []).some(({ text }) => familyOf(text ?? "") === "IPv6");
}
