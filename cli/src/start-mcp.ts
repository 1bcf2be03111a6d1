import { keepCompiled } from "#files/compile-cache.ts";

// What the extension starts for agents: of the command line it brings no other command.
keepCompiled();
process.argv.splice(2, 0, "mcp");
void import("./main.ts");
