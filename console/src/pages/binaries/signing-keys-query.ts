import { allOf } from "../../api/queries.ts";

/** All keys of the organization: there are few. */
export const signingKeys = allOf("signing_keys");
