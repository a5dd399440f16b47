/** The address of a store, `SCHEME://CONTAINER/PREFIX?OPTION=VALUE&…`, with each option checked as it is read. */
export interface StoreUrl {
  /** Bucket or container. */
  container: string;
  /** Ends in `/`, or is empty. */
  prefix: string;
  text(option: string): string | null;
  httpAddress(option: string): string | null;
  oneOf(option: string, allowed: readonly string[], otherwise: string): string;
  optionalOneOf(option: string, allowed: readonly string[]): string | null;
  integer(option: string, otherwise: number, least: number, most: number): number;
  /** An error about an option. */
  problem(option: string, what: string): Error;
}

/** @throws Error that names what is wrong and what would be right */
export function readStoreUrl(text: string, scheme: string, options: readonly string[]): StoreUrl {
  const url = URL.parse(text);
  if (url?.protocol !== `${scheme}:` || url.hostname === "") {
    throw new Error(`must look like ${scheme}://NAME/PREFIX?OPTION=VALUE; got '${text}'`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new Error("must not have credentials in it: they would be seen wherever it is; set them in the environment");
  }
  for (const name of url.searchParams.keys()) {
    if (!options.includes(name)) throw new Error(`has an unknown option '${name}'; it can have ${options.join(", ")}`);
  }
  const path = decodeURIComponent(url.pathname).replace(/^\/+|\/+$/g, "");
  const get = (option: string): string | null => url.searchParams.get(option) || null;
  const problem = (option: string, what: string) => new Error(`has ${option}=${get(option)}, which ${what}`);
  const among = (option: string, allowed: readonly string[], value: string): string => {
    if (allowed.includes(value)) return value;
    throw problem(option, `must be one of ${allowed.join(", ")}`);
  };
  return {
    container: url.hostname,
    prefix: path === "" ? "" : `${path}/`,
    text: get,
    httpAddress(option) {
      const value = get(option);
      if (value !== null && !/^https?:$/.test(URL.parse(value)?.protocol ?? "")) {
        throw problem(option, "must be an http:// or https:// address");
      }
      return value;
    },
    oneOf: (option, allowed, otherwise) => among(option, allowed, get(option) ?? otherwise),
    optionalOneOf: (option, allowed) => (get(option) === null ? null : among(option, allowed, get(option)!)),
    integer(option, otherwise, least, most) {
      const value = get(option);
      if (value === null) return otherwise;
      const number = Number(value);
      if (Number.isInteger(number) && number >= least && number <= most) return number;
      throw problem(option, `must be a whole number from ${least} to ${most}`);
    },
    problem,
  };
}
