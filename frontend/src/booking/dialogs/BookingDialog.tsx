import "@mantine/dates/styles.layer.css";

import { Modal } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";

import { text } from "@/text";

import { BookingForm } from "../components/BookingForm";
import type { Prefill } from "../desk";
import classes from "./BookingDialog.module.css";

interface BookingDialogProps {
  prefill: Prefill;
  isOpen: boolean;
  onClose: () => void;
}

/** Books an appointment: what, when, for whom, on one screen. On a phone it comes up from below and fills it. */
export default function BookingDialog({ prefill, isOpen, onClose }: BookingDialogProps) {
  const isPhone = useMediaQuery("(max-width: 47.99em)", false, { getInitialValueInEffect: false });
  return (
    <Modal.Root
      opened={isOpen}
      onClose={onClose}
      size={880}
      padding={0}
      radius={16}
      centered
      fullScreen={isPhone}
      classNames={{ content: classes.content ?? "" }}
      transitionProps={{ transition: isPhone ? "slide-up" : "fade-up" }}
    >
      <Modal.Overlay />
      <Modal.Content>
        <div className={classes.header}>
          <Modal.Title className={classes.title}>{text.booking.newAppointment}</Modal.Title>
          <Modal.CloseButton size="lg" aria-label={text.booking.close} />
        </div>
        <Modal.Body className={classes.body}>
          <BookingForm prefill={prefill} onBooked={onClose} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
