import { test } from "node:test";
import { passes } from "./skipping.ts";

test("the extension in a real VS Code", (context) => passes(context, "run.ts", 2));

test("its process, and all that it starts, reach for the API server alone", (context) =>
  passes(context, "silent.ts", 2));

test("a folder that nobody trusts, and then somebody does", (context) => passes(context, "untrusted.ts", 2));

test("the extension in a browser that nothing is behind, as in vscode.dev", (context) => passes(context, "web.ts", 2));

test("pages in files of their own, without eyes, without a mouse, without motion", (context) =>
  passes(context, "pages.ts", 2));

test("the extension as a person uses it, in both themes", (context) => passes(context, "e2e.ts", 4));
