import { bodyOf } from "@open-peridio/sdk";
import { useState } from "react";
import { client } from "../../api/client.ts";
import { Button } from "../../ui/button.tsx";
import { CliHint } from "../../ui/cli-hint.tsx";
import { CopyButton } from "../../ui/copy.tsx";
import { inWords } from "../../ui/problem.tsx";

/** What proves that an authority's key is at hand: a certificate with a code for its name, signed by it. */
export function VerificationCode() {
  const [code, setCode] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const make = async () => {
    setBusy(true);
    setProblem(null);
    try {
      setCode((await bodyOf(client.api.POST("/ca_certificates/verification_codes"))).verification_code);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="flex flex-col gap-3">
      <h3 className="text-sm font-medium">1. Prove that its key is yours</h3>
      {code === null ? (
        <>
          <p className="text-sm text-muted">
            You need a certificate that the authority signs, with a code of this server for its common name. A code is
            good for a week, and for one registration; if you have one already, go on below.
          </p>
          <div>
            <Button onClick={() => void make()} busy={busy}>
              Make a code
            </Button>
          </div>
          {problem !== null && (
            <p role="alert" className="text-sm text-bad">
              {inWords(problem)}
            </p>
          )}
        </>
      ) : (
        <>
          <div className="flex items-center gap-2 rounded-md border border-line bg-canvas p-2">
            <code data-once="" className="min-w-0 flex-1 font-mono text-xs break-all">
              {code}
            </code>
            <CopyButton text={code} label="Copy the code" />
          </div>
          <p className="text-sm text-muted">Have it signed, where the authority's private key is:</p>
          <CliHint
            command={
              `openssl req -new -newkey rsa:2048 -nodes -keyout code.key -subj /CN=${code} -out code.csr\n` +
              "openssl x509 -req -in code.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 7 -out code.pem"
            }
          />
        </>
      )}
    </section>
  );
}
