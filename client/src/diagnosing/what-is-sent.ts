import { l10n } from "../l10n.ts";
/** What a diagnosis sends from a container, for whoever is about to start one. */
export const whatIsSent = l10n`It sends TCP connections, DNS questions, HTTP requests to ports named http, and ICMP echoes where these hang.`;
