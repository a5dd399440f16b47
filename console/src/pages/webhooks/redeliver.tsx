import { RotateCcw } from "lucide-react";
import { client } from "../../api/client.ts";
import { queryClient } from "../../api/query-client.ts";
import { IconButton } from "../../ui/button.tsx";
import { sayDone, sayProblem } from "../../ui/toast.tsx";

/** Sends a delivery once more, with the same event and id. */
export function Redeliver({ prn }: { prn: string }) {
  const redeliver = async (): Promise<void> => {
    try {
      await client.api.POST("/webhook_deliveries/{prn}/redeliver", { params: { path: { prn } } });
      sayDone("It is being delivered again.");
      await queryClient.invalidateQueries({ queryKey: ["webhook_deliveries"] });
    } catch (error) {
      sayProblem(error, redeliver);
    }
  };
  return (
    <IconButton label="Deliver again" className="relative z-10" onClick={() => void redeliver()}>
      <RotateCcw />
    </IconButton>
  );
}
