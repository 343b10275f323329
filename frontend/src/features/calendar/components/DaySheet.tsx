import { useQueries } from "@tanstack/react-query";

import { customerQuery } from "@/api/scheduling";
import type { Appointment, Customer } from "@/api/shapes";
import { text } from "@/text";
import { clockRange, dateAndTime, noonOf, weekdayDate } from "@/time/format";

import { namesOf } from "../drop";
import { type SheetPart, sheetOf } from "../sheet";
import type { Calendar } from "../useCalendar";
import classes from "./DaySheet.module.css";

interface DaySheetProps {
  calendar: Calendar;
  date: string;
  business: string;
  now: Date;
}

const words = text.calendar.sheet;
const PHONES_FRESH_MS = 5 * 60_000;

/** A day on paper: a table for each resource, with what the front desk needs to know. */
export function DaySheet({ calendar, date, business, now }: DaySheetProps) {
  const parts = sheetOf(calendar, date);
  const phones = usePhones(parts);
  return (
    <div className={classes.sheet}>
      <p className={classes.about}>
        <strong>{business}</strong>
        <span>{words.printedAt(dateAndTime(now, calendar.zone))}</span>
      </p>
      {parts.length === 0 && <p className={classes.nothing}>{words.empty}</p>}
      {parts.map((part) => (
        <Part key={part.resource.id} part={part} calendar={calendar} phones={phones} date={date} />
      ))}
    </div>
  );
}

interface PartProps {
  part: SheetPart;
  calendar: Calendar;
  phones: ReadonlyMap<string, string>;
  date: string;
}

function Part({ part: { resource, appointments }, calendar, phones, date }: PartProps) {
  const { columns } = words;
  return (
    <section className={classes.part}>
      <h2 className={classes.name}>
        {resource.name}
        <span>
          {weekdayDate(noonOf(date), "UTC")} · {words.count(appointments.length)}
        </span>
      </h2>
      <table aria-label={words.table(resource.name)}>
        <thead>
          <tr>
            <th scope="col">{columns.time}</th>
            <th scope="col">{columns.customer}</th>
            <th scope="col">{columns.phone}</th>
            <th scope="col">{columns.service}</th>
            <th scope="col">{columns.notes}</th>
          </tr>
        </thead>
        <tbody>
          {appointments.map((appointment) => (
            <Line key={appointment.id} {...{ appointment, calendar, phones }} resourceId={resource.id} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface LineProps extends Pick<PartProps, "calendar" | "phones"> {
  appointment: Appointment;
  resourceId: number;
}

function Line({ appointment, calendar, phones, resourceId }: LineProps) {
  const { start_at, end_at, customer, customer_name, service_name, status, notes, resources } = appointment;
  const others = namesOf(
    resources.filter((id) => id !== resourceId),
    calendar.allResources,
  );
  return (
    <tr data-status={status}>
      <td className={classes.time}>{clockRange(new Date(start_at), new Date(end_at), calendar.zone)}</td>
      <th scope="row">
        {customer_name}
        {status !== "confirmed" && <small>{text.status[status]}</small>}
      </th>
      <td className={classes.phone}>{phones.get(customer)}</td>
      <td>
        {service_name}
        {others !== "" && <small>{words.with(others)}</small>}
      </td>
      <td className={classes.notes}>{notes}</td>
    </tr>
  );
}

/** Returns the telephone numbers of the customers by their ids, as they become known. */
function usePhones(parts: readonly SheetPart[]): ReadonlyMap<string, string> {
  const ids = [...new Set(parts.flatMap(({ appointments }) => appointments.map(({ customer }) => customer)))];
  return useQueries({
    queries: ids.map((id) => ({ ...customerQuery(id), staleTime: PHONES_FRESH_MS })),
    combine: (answers: readonly { data?: Customer | undefined }[]) =>
      new Map(answers.flatMap(({ data }) => (data?.phone ? [[data.id, data.phone] as const] : []))),
  });
}
