import * as vscode from "vscode";
import { translateBy } from "./l10n.ts";

// Imported before everything else: some texts are made as soon as their file is.
translateBy((message, ...given) => vscode.l10n.t(message, ...given));
