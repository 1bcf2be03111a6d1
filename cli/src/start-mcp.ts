import { keepCompiled } from "#files/compile-cache.ts";
import { keepHeapSmall } from "#files/small-heap.ts";

// What the extension starts for agents: of the command line it brings no other command.
keepHeapSmall();
keepCompiled();
process.argv.splice(2, 0, "mcp");
void import("./main.ts");
