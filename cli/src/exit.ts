/** What the process ends with. */
export const exitCodes = {
  done: 0,
  /** The server refused, or something failed. */
  refused: 1,
  /** The command line is wrong. */
  usage: 2,
  /** The configuration is wrong; the number is EX_DATAERR of sysexits, as in the official CLI. */
  configuration: 65,
  /** Interrupted from the keyboard. */
  interrupted: 130,
} as const;

/** A failure whose message is all that the user needs. */
export class Failure extends Error {
  readonly exitCode: number;

  constructor(exitCode: number, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

export function usage(message: string): Failure {
  return new Failure(exitCodes.usage, message);
}

export function badConfiguration(message: string): Failure {
  return new Failure(exitCodes.configuration, message);
}
