import PlusIcon from "lucide-react/icons/plus";
import { useState } from "react";

import { LockedButton } from "@/plan/LockedButton";
import { apiTokens as tokensText } from "@/text/apiTokens";
import { AskDialog } from "@/ui/AskDialog";
import { FormDialog } from "@/ui/FormDialog";

import { type CreatedToken, TokenForm } from "./TokenForm";
import { TokenSecret } from "./TokenSecret";

type Step = { at: "closed" | "form" } | { at: "secret"; token: CreatedToken; isCopied: boolean; isLeaving: boolean };

/** Creates a token and shows its secret, once. Closing the dialog forgets it, so that is asked for if nobody copied it. */
export function NewToken() {
  const [step, setStep] = useState<Step>({ at: "closed" });
  const close = () => {
    setStep({ at: "closed" });
  };
  const leave = () => {
    if (step.at === "secret" && !step.isCopied) setStep({ ...step, isLeaving: true });
    else close();
  };
  return (
    <>
      <LockedButton
        feature="can_api_access"
        leftSection={<PlusIcon aria-hidden size={16} />}
        onClick={() => {
          setStep({ at: "form" });
        }}
      >
        {tokensText.add}
      </LockedButton>
      <FormDialog
        opened={step.at !== "closed"}
        onClose={leave}
        heading={step.at === "secret" ? tokensText.secret.heading : tokensText.form.heading}
      >
        {step.at === "form" && (
          <TokenForm
            onCancel={close}
            onCreated={(token) => {
              setStep({ at: "secret", token, isCopied: false, isLeaving: false });
            }}
          />
        )}
        {step.at === "secret" && (
          <TokenSecret
            token={step.token}
            onCopied={() => {
              setStep({ ...step, isCopied: true });
            }}
            onDone={leave}
          />
        )}
      </FormDialog>
      <AskDialog
        question={step.at === "secret" && step.isLeaving ? tokensText.secret.ask : null}
        onNo={() => {
          if (step.at === "secret") setStep({ ...step, isLeaving: false });
        }}
        onYes={close}
      />
    </>
  );
}
