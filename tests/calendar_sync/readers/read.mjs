// Prints what ical.js understands of a calendar, one JSON list of events: `node read.mjs FILE`.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const installed = createRequire(pathToFileURL(`${process.env.READERS_FOLDER}/package.json`));
const { default: ICAL } = await import(pathToFileURL(installed.resolve("ical.js")));

const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], "utf8")));
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component, { strictExceptions: true });
  return {
    uid: event.uid,
    start_at: event.startDate.toJSDate().toISOString(),
    end_at: event.endDate.toJSDate().toISOString(),
    summary: event.summary,
    description: event.description ?? "",
    status: component.getFirstPropertyValue("status"),
    sequence: event.sequence,
  };
});
process.stdout.write(JSON.stringify(events));
