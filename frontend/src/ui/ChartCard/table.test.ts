import { expect, it } from "vitest";

import { csvOf } from "./table";

it("writes what a spreadsheet reads, and nothing it would run", () => {
  const rows = [
    ["Cut & Style", 1250],
    ['The "big" one, long', 3],
    ["=1+1", 0],
    ["-5.25", 2],
    ["-5 % off", 2],
    ["Zwei\nZeilen", 1],
  ] as const;

  const csv = csvOf({
    columns: [
      { heading: "Service", value: ([name]) => name },
      { heading: "Appointments", value: ([, count]) => count, shown: () => "not in a CSV" },
    ],
    rows,
  });

  expect(csv).toBe(
    "\uFEFFService,Appointments\r\n" +
      "Cut & Style,1250\r\n" +
      '"The ""big"" one, long",3\r\n' +
      "'=1+1,0\r\n" +
      "-5.25,2\r\n" +
      "'-5 % off,2\r\n" +
      '"Zwei\nZeilen",1\r\n',
  );
});
