import type { AddressPath } from "../address-fields.ts";

export const configAddresses: readonly AddressPath[] = [];
