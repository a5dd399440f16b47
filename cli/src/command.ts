import { type Command, Option } from "commander";
import type { GlobalOptions } from "./config/settings.ts";
import { usage } from "./exit.ts";
import { type OutputForm, outputForms } from "./output.ts";

export type Options = Record<string, unknown> & GlobalOptions & { output?: OutputForm };

/** The options that the official CLI takes before the command; ours takes them behind it as well. */
export function globalOptions(): Option[] {
  return [
    new Option("-a, --api-key <key>", "API key (PERIDIO_API_KEY)"),
    new Option("-b, --base-url <url>", "address of the server (PERIDIO_BASE_URL); default: http://127.0.0.1:4000"),
    new Option("-c, --ca-path <file>", "certificate authorities to trust beside the public ones (PERIDIO_CA_PATH)"),
    new Option("-v, --api-version <number>", "version of the API, 1 or 2 (PERIDIO_API_VERSION); default: 2"),
    new Option("-p, --profile <name>", "profile of the configuration (PERIDIO_PROFILE)"),
    new Option("-d, --config-directory <path>", "where the configuration is (PERIDIO_CONFIG_DIRECTORY)"),
    outputOption(),
  ];
}

function outputOption(): Option {
  return new Option("--output <form>", "one line of JSON (the default), the PRN alone, or a table").choices(
    outputForms,
  );
}

/**
 * One command that does something.
 * @param example a command line that works as it stands, shown by `--help`
 * @param output where `--output` means something else too
 */
export function leaf(
  parent: Command,
  name: string,
  description: string,
  example: string,
  work: (options: Options, command: Command) => Promise<void>,
  output = outputOption(),
): Command {
  const command = parent.command(name).description(description);
  for (const option of globalOptions()) {
    if (option.long === "--output") {
      command.addOption(output);
      continue;
    }
    // Only the long forms: a short one may mean something else to the command.
    const long = option.flags.replace(/^-\w, /, "");
    command.addOption(new Option(long, option.description).hideHelp());
  }
  command.addHelpText("after", `\nExample:\n  ${example}`);
  command.allowExcessArguments().action(async () => {
    const options = command.optsWithGlobals<Options>();
    refuseLostValues(command, options);
    await work(options, command);
  });
  return command;
}

/**
 * An empty variable makes an option swallow the next one: `--part-number $NUMBER --file F`. The swallowed name is then a
 * value, and a word is left over. @throws Failure 2
 */
function refuseLostValues(command: Command, options: Options): void {
  for (const option of command.options) {
    const value = options[option.attributeName()];
    // An option's name, that is; a PEM begins with dashes too.
    if (typeof value !== "string" || !/^--[a-z]/.test(value)) continue;
    throw usage(`${option.long} has no value: what follows it is '${value}'; is a variable empty?`);
  }
  const surplus = command.args[command.registeredArguments.length];
  if (surplus !== undefined) throw usage(`'${surplus}' is one word too many; is something not quoted? See --help`);
}

export function group(parent: Command, name: string, description: string): Command {
  return parent.command(name).description(description).helpCommand(false);
}
