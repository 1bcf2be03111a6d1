import { l10n } from "../l10n.ts";
/** What a diagnosis sends from a container, for whoever is about to start one. */
export const whatIsSent = l10n`It sends TCP connections, DNS questions, and HTTP requests to ports named http.`;
