import { useQuery } from "@tanstack/react-query";

import type { Feed } from "@/api/calendarSync";
import { resourcesQuery } from "@/api/scheduling";
import { calendarSync as syncText } from "@/text/calendarSync";
import { AskDialog, type Question } from "@/ui/AskDialog";
import { FormDialog } from "@/ui/FormDialog";
import { notifyDone } from "@/ui/notifyDone";
import { notifyFailure } from "@/ui/notifyFailure";

import { useDeleteFeed, useRotateFeed } from "../feed-queries";
import type { FeedDialogsState, FeedStep } from "../useFeedDialogs";
import { FeedAddress } from "./FeedAddress";
import { FeedForm } from "./FeedForm";
import { feedName } from "./FeedRow";

const words = syncText.feeds;

/** Makes a subscription, shows its address once, gives it another one, or takes it away. */
export function FeedDialogs({ dialogs }: { dialogs: FeedDialogsState }) {
  const { step, close, copied, leave, stay, reveal } = dialogs;
  const { data: resources = [] } = useQuery(resourcesQuery);
  const rotate = useRotateFeed();
  const remove = useDeleteFeed();
  const nameOf = (feed: Feed) => feedName(feed, resources);
  const act = () => {
    if (step.at === "rotate") {
      rotate.mutate(step.feed, {
        onSuccess: reveal,
        onError: (error) => {
          close();
          notifyFailure(words.notRotated(nameOf(step.feed)), error.message);
        },
      });
    }
    if (step.at === "remove") {
      remove.mutate(step.feed, {
        onSuccess: () => notifyDone(words.removed(nameOf(step.feed))),
        onError: (error) => notifyFailure(words.notRemoved(nameOf(step.feed)), error.message),
        onSettled: close,
      });
    }
  };
  const isInForm = step.at === "form" || step.at === "secret";
  return (
    <>
      <FormDialog
        opened={isInForm}
        onClose={leave}
        heading={step.at === "secret" ? words.secret.heading : words.form.heading}
      >
        {step.at === "form" && <FeedForm resources={resources} onCancel={close} onMade={reveal} />}
        {step.at === "secret" && <FeedAddress feed={step.feed} onCopied={copied} onDone={leave} />}
      </FormDialog>
      <AskDialog
        question={questionOf(step, nameOf)}
        isBusy={rotate.isPending || remove.isPending}
        onNo={close}
        onYes={act}
      />
      <AskDialog question={step.at === "secret" && step.isLeaving ? words.secret.ask : null} onNo={stay} onYes={close} />
    </>
  );
}

function questionOf(step: FeedStep, nameOf: (feed: Feed) => string): Question | null {
  if (step.at !== "rotate" && step.at !== "remove") return null;
  const { heading, ...rest } = step.at === "rotate" ? words.askRotate : words.askRemove;
  return { ...rest, heading: heading(nameOf(step.feed)), isGrave: true };
}
