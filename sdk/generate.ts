/** Writes `src/api.generated.ts`: the types of the API, from its OpenAPI document. `--print` only prints them. */
import { writeFileSync } from "node:fs";
import { openApiDocument } from "@open-peridio/contract";
import openapiTypescript, { astToString, type OpenAPI3 } from "openapi-typescript";

const document = openApiDocument(["/", "/v1"]) as unknown as OpenAPI3;
const types = astToString(await openapiTypescript(document, { alphabetize: true }));
const text = `// Made by \`npm run generate\` from the contract; not edited by hand.\n\n${types}`;

if (process.argv.includes("--print")) process.stdout.write(text);
else writeFileSync(new URL("./src/api.generated.ts", import.meta.url), text);
