import { join } from "node:path";
import { isPrivate, keepCompiled, ownFolder } from "#files/compile-cache.ts";
import { canKeep, runKept } from "#files/kept-code.ts";
import { keepHeapSmall } from "#files/small-heap.ts";

keepHeapSmall();
const folder = ownFolder();
if (canKeep && isPrivate(folder)) runKept(join(import.meta.dirname, "cli-main.cjs"), folder);
else {
  keepCompiled(folder);
  void import("./main.ts");
}
