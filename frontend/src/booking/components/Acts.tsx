import { Button, Text } from "@mantine/core";
import BanIcon from "lucide-react/icons/ban";
import CalendarClockIcon from "lucide-react/icons/calendar-clock";
import CheckIcon from "lucide-react/icons/check";
import RotateCcwIcon from "lucide-react/icons/rotate-ccw";
import ThumbsUpIcon from "lucide-react/icons/thumbs-up";
import UserRoundXIcon from "lucide-react/icons/user-round-x";
import { useState } from "react";

import type { Appointment } from "@/api/shapes";
import { text } from "@/text";

import { type Act, actsFor, isOpen } from "../acts";
import { useAct } from "../mutations";
import classes from "./AppointmentDetails.module.css";
import { CancelQuestion } from "./CancelQuestion";

const icons = {
  confirm: ThumbsUpIcon,
  complete: CheckIcon,
  "no-show": UserRoundXIcon,
  cancel: BanIcon,
  reopen: RotateCcwIcon,
};

interface ActsProps {
  appointment: Appointment;
  now: Date;
  onMove: () => void;
}

/** What can be done with an appointment, the most likely first. */
export function Acts({ appointment, now, onMove }: ActsProps) {
  const { mutate } = useAct();
  const [isAsking, setAsking] = useState(false);
  const acts = actsFor(appointment, now);
  if (acts.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {text.booking.drawer.passed}
      </Text>
    );
  }
  const buttonFor = (act: Act, position: number) => {
    const Icon = icons[act];
    const isFirst = position === 0 && act !== "cancel" && act !== "reopen";
    return (
      <Button
        key={act}
        variant={isFirst ? "filled" : "default"}
        leftSection={<Icon aria-hidden size={16} />}
        onClick={() => {
          if (act === "cancel") setAsking(true);
          else mutate({ appointment, act });
        }}
      >
        {text.booking.acts[act]}
      </Button>
    );
  };
  return (
    <div className={classes.acts}>
      {acts.filter((act) => act !== "cancel").map(buttonFor)}
      {isOpen(appointment) && (
        <Button variant="default" leftSection={<CalendarClockIcon aria-hidden size={16} />} onClick={onMove}>
          {text.booking.drawer.move}
        </Button>
      )}
      {acts.includes("cancel") && buttonFor("cancel", 1)}
      <CancelQuestion
        appointment={appointment}
        now={now}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onYes={(reason) => mutate({ appointment, act: "cancel", reason })}
      />
    </div>
  );
}
