import { Button, Group, Modal, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { resourcesQuery } from "@/api/scheduling";
import type { Appointment, Resource } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { clockTime, weekdayDate } from "@/time/format";

import { Alternatives } from "../components/Alternatives";
import type { Conflict } from "../desk";
import { useMove } from "../mutations";
import { type Alternative, useAlternatives } from "../useAlternatives";

interface AlternativesDialogProps {
  conflict: Conflict;
  isOpen: boolean;
  onClose: () => void;
}

/** Offers other times for a move whose time is taken. */
export default function AlternativesDialog({ conflict, isOpen, onClose }: AlternativesDialogProps) {
  const { appointment, wanted, alternatives: starts } = conflict;
  const { business } = useViewer();
  const { data: resources = [] } = useQuery(resourcesQuery);
  const { mutate } = useMove();
  const resourceIds = wanted.resources ?? appointment.resources;
  const alternatives = useAlternatives({
    serviceId: appointment.service,
    wanted: wanted.startAt,
    resourceIds,
    starts,
  });
  const take = ({ startAt, resource }: Alternative) => {
    const { durationMinutes } = wanted;
    mutate({ appointment, startAt, durationMinutes, resources: withInstead(resourceIds, resource, resources) });
    onClose();
  };
  const startAt = new Date(appointment.start_at);
  return (
    <Modal.Root opened={isOpen} onClose={onClose} centered radius={14} padding="lg">
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body>
          <Modal.Title fw={620} fz="lg">
            {text.booking.conflict.heading}
          </Modal.Title>
          <Text c="dimmed" mt={4} mb="md">
            {text.booking.conflict.was(whoAndWhat(appointment), at(startAt, business.timezone))}
          </Text>
          <Alternatives wanted={wanted.startAt} alternatives={alternatives} isBusy={false} onTake={take} />
          <Group justify="flex-end" mt="lg">
            <Button variant="subtle" color="gray" onClick={onClose}>
              {text.booking.conflict.keep}
            </Button>
          </Group>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

const whoAndWhat = ({ customer_name, service_name }: Appointment) => `${customer_name}, ${service_name},`;
const at = (instant: Date, zone: string) => `${weekdayDate(instant, zone)}, ${clockTime(instant, zone)}`;

/** Returns who was asked for, with the other in place of the one of the same kind. */
function withInstead(asked: readonly number[], other: Resource | null, resources: readonly Resource[]): number[] {
  if (other === null) return [...asked];
  const kept = asked.filter((id) => resources.find((resource) => resource.id === id)?.type !== other.type);
  return [...kept, other.id];
}
