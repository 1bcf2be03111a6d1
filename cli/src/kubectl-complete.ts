import { runCommandLine } from "./run.ts";

// kubectl asks the program of this name beside a plugin: https://kubernetes.io/docs/tasks/extend-kubectl/kubectl-plugins/
void runCommandLine(["__complete", ...process.argv.slice(2)]);
