import { argv } from "node:process";
import { keepCompiled } from "#files/compile-cache.ts";

// An editor says where its extensions keep what is theirs.
const [, folder] = argv.slice(argv.indexOf("--compile-cache"));
keepCompiled(argv.includes("--compile-cache") ? folder : undefined);
void import("./main.ts");
