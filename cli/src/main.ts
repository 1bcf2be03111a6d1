import { argv } from "node:process";
import { operations } from "#core/operations/index.ts";
import { type Command, type Exit, UsageError, version } from "./command.ts";
import { terminal } from "./terminal.ts";

/** One file a command; loaded when asked for, so that `lint` never pays for the Kubernetes client. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  lint: async () => (await import("./commands/lint.ts")).command,
  diagnose: async () => (await import("./commands/diagnose.ts")).command,
  policy: async () => (await import("./commands/policy.ts")).command,
  plan: async () => (await import("./commands/plan.ts")).command,
};

const usage = `Usage: kube-ipv6 COMMAND [OPTIONS]

${operations.map(({ name, summary }) => `  ${name.padEnd(9)} ${summary}`).join("\n")}

kube-ipv6 COMMAND --help says more.
Exit code: 0 nothing found, 1 findings, 2 wrong usage, 3 not everything could be looked at.
`;

async function main([name, ...rest]: readonly string[]): Promise<Exit> {
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    if (name !== undefined) terminal.print(usage);
    else terminal.explain(usage);
    return name === undefined ? 2 : 0;
  }
  if (name === "--version") {
    terminal.print(`${version}\n`);
    return 0;
  }
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
    if (!(error instanceof UsageError)) throw error;
    terminal.complain(`kube-ipv6 ${name}: ${error.message}`);
    terminal.explain(`\n${command.usage}`);
    return 2;
  }
}

// A reader that goes away early (`| head`) is no error of ours, and what was found does not change by it.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE" && error.code !== "ERR_STREAM_DESTROYED") process.exit(3);
  });
main(argv.slice(2)).then(
  (exit) => {
    process.exitCode = exit;
  },
  (error: unknown) => {
    // Not 1: a program that fell over has found nothing.
    terminal.complain(`kube-ipv6: this is a mistake in kube-ipv6, please report it: ${String(error)}`);
    if (process.env.KUBE_IPV6_STACK && error instanceof Error) terminal.explain(`${error.stack}\n`);
    else terminal.explain("kube-ipv6: with KUBE_IPV6_STACK=1 it says where\n");
    process.exitCode = 3;
  },
);
