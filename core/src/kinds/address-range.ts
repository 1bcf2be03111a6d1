import { parseAddress } from "../addresses/address.ts";

/** What is wrong with two addresses that have a hyphen between, and how they are in order if they only have to change places. */
export function rangeMistake(text: string): { readonly message: string; readonly swapped?: string } | undefined {
  const dash = text.indexOf("-");
  const [start, end] = [text.slice(0, dash).trim(), text.slice(dash + 1).trim()];
  const [first, last] = [parseAddress(start), parseAddress(end)];
  if (!first) return { message: `invalid IP range "${text}": invalid start IP "${start}"` };
  if (!last) return { message: `invalid IP range "${text}": invalid end IP "${end}"` };
  if (first.family !== last.family)
    return { message: `start IP "${start}" is ${first.family} and end IP "${end}" ${last.family}: write two ranges` };
  if (first.value <= last.value) return undefined;
  return { message: `start IP "${start}" is after the end IP "${end}": swap them`, swapped: `${end}-${start}` };
}
