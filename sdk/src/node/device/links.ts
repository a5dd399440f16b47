/** The addresses of one item, of which one is in use. */
export interface Links {
  current(): string;
  /** This address failed: the next one is in use from now on, unless another request found that out already. */
  fail(url: string): void;
  /** This address is good no more: asks for new ones, once for all who want them. @throws what asking throws */
  renew(url: string): Promise<void>;
  /** Bytes came: what was tried in vain before doesn't count any more. */
  gotSomewhere(): void;
}

/** New links are refused as well: this download can't go on. */
export class LinksRefused extends Error {}

/** Renewals without a byte between them, after which something else is wrong. */
const maxRenewals = 5;

/** @param first in the order to try. @param ask for fresh links of this item */
export function useLinks(first: string[], ask: () => Promise<string[]>): Links {
  let urls = first;
  let at = 0;
  let renewals = 0;
  let renewing: Promise<void> | null = null;
  const current = (): string => urls[at % urls.length]!;

  async function askAnew(): Promise<void> {
    if (++renewals > maxRenewals) throw new LinksRefused(`the links are refused, also after ${maxRenewals} renewals`);
    urls = await ask();
    at = 0;
  }

  return {
    current,
    fail(url) {
      if (url === current()) at++;
    },
    async renew(url) {
      if (!urls.includes(url)) return;
      renewing ??= askAnew().finally(() => {
        renewing = null;
      });
      await renewing;
    },
    gotSomewhere() {
      renewals = 0;
    },
  };
}
