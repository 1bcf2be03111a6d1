/** How people call what `classify` has a word of its own for. */
const spoken: Readonly<Record<string, string>> = {
  AddressPlan: "address plan",
  HelmValues: "values of a chart",
  K3sConfig: "configuration of k3s",
  TalosConfig: "configuration of Talos",
  Yaml: "YAML",
};

/** `Service`, "values of a chart" */
export function spokenKind(kind: string): string {
  return spoken[kind] ?? kind;
}
