import { ApiError } from "@open-peridio/sdk/node";
import { Command, CommanderError } from "commander";
import manifest from "../package.json" with { type: "json" };
import { globalOptions } from "./command.ts";
import {
  apiKeyCommands,
  organizationCommands,
  overviewCommand,
  usageCommand,
  userCommands,
} from "./commands/accounts.ts";
import { auditCommands } from "./commands/audit.ts";
import { binaryCommands } from "./commands/binaries.ts";
import { binaryPartCommands } from "./commands/binary-parts.ts";
import { binarySignatureCommands } from "./commands/binary-signatures.ts";
import { bundleOverrideCommands } from "./commands/bundle-overrides.ts";
import { bundleSignatureCommands } from "./commands/bundle-signatures.ts";
import { bundleCommands } from "./commands/bundles.ts";
import { artifactCommands, artifactVersionCommands } from "./commands/catalog.ts";
import { caCertificateCommands, deviceCertificateCommands } from "./commands/certificates.ts";
import { configCommands } from "./commands/config.ts";
import { deltaCommands } from "./commands/deltas.ts";
import { referenceDeviceCommands } from "./commands/device.ts";
import { deviceCommands } from "./commands/devices.ts";
import { eventCommands } from "./commands/events.ts";
import { invitationCommands, orgUserCommands } from "./commands/people.ts";
import { cohortCommands, productCommands } from "./commands/products.ts";
import { releaseClaimCommands, releaseCommands } from "./commands/releases.ts";
import { retentionCommands } from "./commands/retention.ts";
import { signingKeyCommands } from "./commands/signing-keys.ts";
import { storageCommands } from "./commands/storage.ts";
import { webhookCommands, webhookDeliveryCommands } from "./commands/webhooks.ts";
import { x509Commands } from "./commands/x509.ts";
import { exitCodes, Failure } from "./exit.ts";
import { explain } from "./explain.ts";
import { tell } from "./output.ts";

const help = `
Example:
  export PERIDIO_API_KEY=per_...
  peridio binaries upload --binary-prn $BINARY_PRN --file firmware.bin

Results go to standard output, all else to standard error.

Exit codes:
  0    done
  1    the server refused, or something failed
  2    the command line is wrong
  65   the configuration is wrong
  130  interrupted from the keyboard`;

function buildProgram(): Command {
  const program = new Command("peridio")
    .description("Brings binaries to devices: create, upload, verify, sign, download.")
    .version(manifest.version, "-V, --version")
    .enablePositionalOptions()
    .helpCommand(false)
    .showSuggestionAfterError()
    .configureOutput({ outputError: (text, write) => write(text) })
    .exitOverride()
    .addHelpText("after", help);
  for (const option of globalOptions()) program.addOption(option);
  artifactCommands(program);
  artifactVersionCommands(program);
  binaryCommands(program);
  binaryPartCommands(program);
  binarySignatureCommands(program);
  signingKeyCommands(program);
  bundleCommands(program);
  bundleSignatureCommands(program);
  bundleOverrideCommands(program);
  releaseCommands(program);
  releaseClaimCommands(program);
  deltaCommands(program);
  retentionCommands(program);
  productCommands(program);
  cohortCommands(program);
  deviceCommands(program);
  deviceCertificateCommands(program);
  caCertificateCommands(program);
  x509Commands(program);
  apiKeyCommands(program);
  organizationCommands(program);
  userCommands(program);
  orgUserCommands(program);
  invitationCommands(program);
  webhookCommands(program);
  webhookDeliveryCommands(program);
  eventCommands(program);
  auditCommands(program);
  overviewCommand(program);
  usageCommand(program);
  referenceDeviceCommands(program);
  storageCommands(program);
  configCommands(program);
  return program;
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  if (error instanceof Failure) {
    tell(`peridio: ${error.message}`);
    return error.exitCode;
  }
  if (error instanceof ApiError) {
    tell(`API Error (${error.status}): ${error.message}`);
    if (error.status >= 500 && error.requestId)
      tell(`The request id is ${error.requestId}; it stands in the server's log.`);
    return exitCodes.refused;
  }
  tell(`peridio: ${explain(error)}`);
  return exitCodes.refused;
}

// The result was cut off by whoever reads it, as in `peridio ... | head`: no reason to complain.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

try {
  await buildProgram().parseAsync();
} catch (error) {
  process.exitCode = report(error);
}
