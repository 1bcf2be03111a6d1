import { argv } from "node:process";
import { keepCompiled } from "#files/compile-cache.ts";
import { keepHeapSmall } from "#files/small-heap.ts";

keepHeapSmall();
// An editor says where its extensions keep what is theirs.
const [, folder] = argv.slice(argv.indexOf("--compile-cache"));
keepCompiled(argv.includes("--compile-cache") ? folder : undefined);
void import("./main.ts");
