import { canonicalAddress, formatPrefix, network, parsePrefix } from "../addresses/address.ts";
import type { ValueOf } from "./envsubst.ts";

/** Keeps what values of Secrets are told by in messages. */
export function keepingSecrets(lookUp: ValueOf, kept: Set<string>): ValueOf {
  return (name) => {
    const value = lookUp(name);
    if (value?.secret) for (const form of formsOf(value.text)) kept.add(form);
    return value;
  };
}

/** A text and the addresses in it, as they are written and as rules print them. What is a word or a number tells nothing by itself. */
function formsOf(text: string): readonly string[] {
  const words = text.split(/[\s,;]+/).slice(0, 100);
  const forms = words.flatMap((word) => {
    const [address = ""] = word.split("/", 1);
    const prefix = parsePrefix(word);
    return [word, address, canonicalAddress(address) ?? "", prefix ? formatPrefix(network(prefix)) : ""];
  });
  return [text, ...forms].filter((form) => form.length > 3 && /[.:]/.test(form));
}
