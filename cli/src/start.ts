import { keepCompiled } from "#files/compile-cache.ts";

keepCompiled();
void import("./main.ts");
