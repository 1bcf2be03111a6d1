import type { Snippet } from "../snippet.ts";

export const snippet: Snippet = {
  title: "Address plan with a random ULA prefix",
  body: `addressing:
  site: {{ula}}
  pods: {{ula:0:/56}}
  services: {{ula:100:/112}}
  load_balancers: {{ula:200:/112}}
`,
  source: "https://www.rfc-editor.org/rfc/rfc4193",
};
