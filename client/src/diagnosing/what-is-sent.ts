import { l10n } from "../l10n.ts";

/** What a diagnosis sends from a container, for whoever is about to start one: an input box shows no more than 85 characters. */
export const whatIsSent = l10n`It sends TCP, DNS, HTTP to ports named http, and ICMP echoes.`;
