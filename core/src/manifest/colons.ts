/** Stands for a colon that is part of a plain scalar; nobody writes a private-use character in a manifest. */
export const colonStandIn = "\ue001";

/**
 * The same text with such colons where the parser of kubectl and the API server goes on with a plain scalar: inside {} or [] they
 * end none for it unless a blank follows, while YAML 1.2 has them end one before "," and closing brackets as well. So `[fd00::]` is a list of
 * a string, and `{cidr: fd00::}` a map of one. Elsewhere the two agree, and the colon is read back as what it is.
 * {@link https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v2/scannerc.go}, yaml_parser_scan_plain_scalar
 */
export function maskFlowColons(text: string): string {
  return /:[,\]}]/.test(text)
    ? text.replace(/(?<=[^\s"'[{,:]):{1,2}(?=[,\]}])/g, (colons) => colonStandIn.repeat(colons.length))
    : text;
}

/** The text of a scalar as it is written. */
export function unmaskColons(text: string): string {
  return text.includes(colonStandIn) ? text.replaceAll(colonStandIn, ":") : text;
}
