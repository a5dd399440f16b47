import type { Resources } from "../../api/resources.ts";
import { Card } from "../../ui/card.tsx";
import { CliHint } from "../../ui/cli-hint.tsx";

/** The CLI's way to what can be done now. */
export function InAShell({ binary: { prn, state } }: { binary: Resources["binaries"] }) {
  const show = `npx peridio binaries get --prn ${prn}`;
  const more: Partial<Record<typeof state, string[]>> = {
    uploadable: [`npx peridio binaries upload --binary-prn ${prn} --file FILE`],
    signable: [sign(prn), download(prn)],
    signed: [download(prn)],
  };
  return (
    <Card title="In a shell">
      <div className="flex flex-col gap-2">
        {[show, ...(more[state] ?? [])].map((command) => (
          <CliHint key={command} command={command} />
        ))}
      </div>
    </Card>
  );
}

const sign = (prn: string) =>
  `npx peridio binary-signatures create --binary-prn ${prn} --binary-content-path FILE --signing-key-private private.pem`;

const download = (prn: string) => `npx peridio binaries download --binary-prn ${prn} --file FILE`;
