import { operations } from "#core/operations/index.ts";
import { type CliCommand, type Exit, isUsageError, version } from "./command.ts";
import { terminal } from "./terminal.ts";

/** One file a command; loaded when asked for, so that `lint` never pays for the Kubernetes client. */
const commands: Readonly<Record<string, () => Promise<CliCommand>>> = {
  lint: async () => (await import("./commands/lint.ts")).command,
  diagnose: async () => (await import("./commands/diagnose.ts")).command,
  left: async () => (await import("./commands/left.ts")).command,
  policy: async () => (await import("./commands/policy.ts")).command,
  services: async () => (await import("./commands/services.ts")).command,
  ranges: async () => (await import("./commands/ranges.ts")).command,
  migrate: async () => (await import("./commands/migrate.ts")).command,
  compare: async () => (await import("./commands/compare.ts")).command,
  readiness: async () => (await import("./commands/readiness.ts")).command,
  plan: async () => (await import("./commands/plan.ts")).command,
  address: async () => (await import("./commands/address.ts")).command,
  explain: async () => (await import("./commands/explain.ts")).command,
  read: async () => (await import("./commands/read.ts")).command,
  rbac: async () => (await import("./commands/rbac.ts")).command,
  completion: async () => (await import("./commands/completion.ts")).command,
  lsp: async () => (await import("./commands/lsp.ts")).command,
  export: async () => (await import("./commands/export.ts")).command,
  mcp: async () => (await import("./commands/mcp.ts")).command,
};

const usage = `Usage: kube-ipv6 COMMAND [OPTIONS]

${operations.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`).join("\n")}

kube-ipv6 COMMAND --help says more.
Exit code: 0 nothing found, 1 findings, 2 wrong usage, 3 not everything could be looked at.
`;

/** Runs a command line; rejects only by a mistake of ours. */
export async function runCommandLine([name, ...rest]: readonly string[]): Promise<Exit> {
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    if (name !== undefined) terminal.print(usage);
    else terminal.explain(usage);
    return name === undefined ? 2 : 0;
  }
  if (name === "--version") {
    terminal.print(`${version}\n`);
    return 0;
  }
  // Asked by shells, with words that are none of ours yet: nothing of it is an option.
  if (name === "__complete") return (await import("./commands/complete.ts")).command.run(rest);
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    terminal.complain(`kube-ipv6: there is no command "${name}"`);
    terminal.explain(`\n${usage}`);
    return 2;
  }
  const command = await load();
  if (rest.includes("--help") || rest.includes("-h")) {
    terminal.print(command.usage);
    return 0;
  }
  try {
    return await command.run(rest);
  } catch (error) {
    if (!isUsageError(error)) throw error;
    terminal.complain(`kube-ipv6 ${name}: ${error.message}`);
    terminal.explain(`\n${error.besides.length > 0 ? `${error.besides.join("\n")}\n` : command.usage}`);
    return 2;
  }
}
