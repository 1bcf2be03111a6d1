import type { Field } from "../field.ts";
import { each, type Opener, type Perhaps } from "./opener.ts";

const pool = { apiVersion: "metallb.io/v1beta1", kind: "IPAddressPool" };

/** As MetalLB had it before it had objects. {@link https://metallb.io/release-notes/#version-0-13-2} */
function poolsOf(config: Field | undefined): readonly Perhaps[] {
  return each(config?.get("address-pools"), (item) => {
    const field = item.get("addresses");
    return field ? [{ field: item, as: pool, placed: [{ to: ["spec", "addresses"], field }] }] : [];
  });
}

const mentions = /address-pools/;

export const metallbOpeners: readonly Opener[] = [
  { kind: "Yaml", groups: [""], holds: ["IPAddressPool"], mentions, open: ({ root }) => poolsOf(root) },
  {
    kind: "HelmValues",
    groups: [""],
    holds: ["IPAddressPool"],
    mentions,
    open: (values) => [...poolsOf(values.get("configInline")), ...poolsOf(values.get("metallb", "configInline"))],
  },
];
