/** Two public DNS servers: what an editor or a person may offer to dial, and nobody dials unasked. */
export const publicDns: readonly string[] = ["2001:4860:4860::8888", "8.8.8.8"];
