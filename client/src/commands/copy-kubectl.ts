import { kubectlLine } from "#core/probing/kubectl.ts";
import { copying } from "../copying.ts";
import type { Declared } from "../declared.ts";

export const declared: Declared = {
  title: "Copy kubectl Command",
  menus: {
    commandPalette: [{ when: "false" }],
    "view/item/context": [
      { when: "view == kube-ipv6.cluster && viewItem =~ /^(node|pod|service|object)$/", group: "5_copy@3" },
    ],
  },
};

/** The line that shows the object in a terminal. */
export const command = copying(({ object }, context) => {
  if (object === undefined) return [];
  const { namespace, resource, name, apiVersion } = object;
  const [group, version] = apiVersion.split("/");
  const type = version === undefined ? resource : `${resource}.${version}.${group}`;
  return [
    kubectlLine(context, [...(namespace === undefined ? [] : ["-n", namespace]), "get", type, name, "-o", "yaml"]),
  ];
});
