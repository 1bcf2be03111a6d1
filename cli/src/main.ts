import { argv } from "node:process";
import { runCommandLine } from "./run.ts";
import { terminal } from "./terminal.ts";

// A reader that goes away early (`| head`) is no error of ours, and what was found does not change by it.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE" && error.code !== "ERR_STREAM_DESTROYED") process.exit(3);
  });
runCommandLine(argv.slice(2)).then(
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
