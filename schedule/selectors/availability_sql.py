"""The SQL behind availability: working hours − time off − what is booked, as multiranges.

The statements at the end are put together from parts. Zone names never reach PostgreSQL: the offsets of each zone come
as `zone_span` rows (see `schedule.selectors.zone_spans`), because the zone tables of the two may differ in age and a
slot must not be offered at another hour than the one that is shown.

Parameters of every statement: `ids`, `zones`, `capacities`, `requirements` (arrays, one entry per resource),
`span_zones`, `span_offsets`, `span_starts`, `span_ends` (arrays, one entry per span), `first_date` and `last_date` (the
local dates whose hours matter), `look_from_at` and `look_to_at` (the instants in which time off and bookings matter).
"""

CALENDAR = """
chosen AS MATERIALIZED (
    SELECT * FROM unnest(%(ids)s::bigint[], %(zones)s::text[], %(capacities)s::int[], %(requirements)s::int[])
        AS given (id, zone, capacity, requirement)
),
zone_span AS MATERIALIZED (
    SELECT zone, utc_offset, tstzrange(starts, ends) AS span
    FROM unnest(
        %(span_zones)s::text[], %(span_offsets)s::interval[], %(span_starts)s::timestamptz[],
        %(span_ends)s::timestamptz[]
    ) AS given (zone, utc_offset, starts, ends)
),
-- Owner 0 is the business.
override AS MATERIALIZED (
    SELECT COALESCE(resource_id, 0) AS owner, date, opens_minute, closes_minute
    FROM schedule_dateoverride
    WHERE date BETWEEN %(first_date)s AND %(last_date)s
),
week AS MATERIALIZED (
    SELECT COALESCE(resource_id, 0) AS owner, weekday, opens_minute, closes_minute FROM schedule_workinghours
),
local_day AS (
    SELECT chosen.id, chosen.zone, chosen.requirement, day::date AS date, extract(isodow FROM day)::int - 1 AS weekday,
           COALESCE(own_date.owner, business_date.owner) AS date_owner,
           COALESCE(own_week.owner, 0) AS week_owner
    FROM chosen
    CROSS JOIN generate_series(%(first_date)s::timestamp, %(last_date)s::timestamp, interval '1 day') AS day
    LEFT JOIN (SELECT DISTINCT owner, date FROM override) AS own_date
        ON own_date.owner = chosen.id AND own_date.date = day::date
    LEFT JOIN (SELECT DISTINCT owner, date FROM override WHERE owner = 0) AS business_date
        ON business_date.date = day::date
    LEFT JOIN (SELECT DISTINCT owner FROM week) AS own_week
        ON own_week.owner = chosen.id
),
hours AS (
    SELECT local_day.id, zone, requirement, local_day.date, opens_minute, closes_minute
    FROM local_day
    JOIN override ON override.owner = date_owner AND override.date = local_day.date
    WHERE opens_minute IS NOT NULL
    UNION ALL
    SELECT local_day.id, zone, requirement, date, opens_minute, closes_minute
    FROM local_day
    JOIN week ON week.owner = week_owner AND week.weekday = local_day.weekday
    WHERE date_owner IS NULL
),
-- Where the clock jumps, an interval has a piece on either side of the jump, and only what the clock really shows:
-- what falls into a gap vanishes, what is shown twice counts twice.
piece AS (
    SELECT id, requirement, clock.span * zone_span.span AS span,
           min(lower(clock.span * zone_span.span)) OVER (PARTITION BY id, date, opens_minute) AS opens_at
    FROM hours
    JOIN zone_span USING (zone)
    CROSS JOIN LATERAL (
        SELECT tstzrange(
            (date + make_interval(mins => opens_minute) - utc_offset) AT TIME ZONE 'UTC',
            (date + make_interval(mins => closes_minute) - utc_offset) AT TIME ZONE 'UTC'
        ) AS span
    ) AS clock
    WHERE clock.span && zone_span.span
),
working AS MATERIALIZED (
    SELECT id, range_agg(span) AS spans FROM piece GROUP BY id
),
own_off AS (
    SELECT chosen.id, range_agg(tstzrange(start_at, end_at)) AS spans
    FROM chosen
    JOIN schedule_timeoff ON resource_id = chosen.id
    WHERE end_at > %(look_from_at)s AND start_at < %(look_to_at)s
    GROUP BY chosen.id
),
off AS MATERIALIZED (
    SELECT chosen.id, COALESCE(own_off.spans, '{}') + COALESCE(business_off.spans, '{}') AS spans
    FROM chosen
    LEFT JOIN own_off USING (id)
    CROSS JOIN (
        SELECT range_agg(tstzrange(start_at, end_at)) AS spans
        FROM schedule_timeoff
        WHERE resource_id IS NULL AND end_at > %(look_from_at)s AND start_at < %(look_to_at)s
    ) AS business_off
)
"""
"""`working` and `off`: the multiranges of each resource; `piece`: its intervals by local date."""

BUSY = """
taken AS MATERIALIZED (
    SELECT chosen.id, chosen.capacity, occupied
    FROM chosen
    JOIN schedule_participant ON resource_id = chosen.id
    WHERE blocks
      AND upper(occupied) > %(look_from_at)s
      AND upper(occupied) < %(look_to_at)s::timestamptz + %(longest_occupation)s
      AND lower(occupied) < %(look_to_at)s
),
-- Resources that serve several at once: how many overlap from each start or end until the next.
edge AS (
    SELECT id, capacity, at, sum(change) AS change
    FROM taken
    CROSS JOIN LATERAL (VALUES (lower(occupied), 1), (upper(occupied), -1)) AS ends (at, change)
    WHERE capacity > 1
    GROUP BY id, capacity, at
),
depth AS (
    SELECT id, capacity, sum(change) OVER run AS booked, tstzrange(at, lead(at) OVER run) AS span
    FROM edge
    WINDOW run AS (PARTITION BY id ORDER BY at)
),
booked AS (
    SELECT id, occupied AS span FROM taken WHERE capacity = 1
    UNION ALL
    SELECT id, span FROM depth WHERE booked >= capacity
)
"""
"""`booked`: the ranges in which a resource is booked to capacity. Needs `chosen`; takes `longest_occupation` too."""

STARTS = """
-- The grid of a resource of the leading requirement begins anew with every opening.
leading_start AS (
    SELECT id, start
    FROM piece
    CROSS JOIN LATERAL (
        SELECT generate_series(
            opens_at + ceil(
                extract(epoch FROM greatest(lower(span), %(from_at)s) - opens_at) / %(step_seconds)s
            )::int * %(step)s,
            least(upper(span), %(to_at)s) - interval '1 microsecond',
            %(step)s
        ) AS start
    ) AS grid
    WHERE requirement = %(leading)s
),
-- Resources of further requirements follow: any start of a leading one will do for them.
candidate AS (
    SELECT id, start FROM leading_start
    UNION ALL
    SELECT id, start
    FROM (SELECT DISTINCT start FROM leading_start) AS offered
    CROSS JOIN chosen
    WHERE requirement <> %(leading)s
),
-- When an appointment may start: early enough to end within one stretch of bookable time, and not where its occupied
-- range [start - before, start + duration + after) would reach into a booked one.
fitting AS (
    SELECT id, range_agg(tstzrange(lower(stretch), upper(stretch) - %(duration)s, '[]')) AS starts
    FROM working
    JOIN off USING (id)
    CROSS JOIN LATERAL unnest(working.spans - off.spans) AS stretch
    WHERE upper(stretch) - lower(stretch) >= %(duration)s
    GROUP BY id
),
clashing AS (
    SELECT id, range_agg(
        tstzrange(lower(span) - (%(duration)s + %(after)s), upper(span) + %(before)s, '()')
    ) AS starts
    FROM booked
    GROUP BY id
),
free AS MATERIALIZED (
    SELECT id, requirement, fitting.starts - COALESCE(clashing.starts, '{}') AS starts
    FROM chosen
    JOIN fitting USING (id)
    LEFT JOIN clashing USING (id)
)
"""

FREE_STARTS = (
    "WITH "
    + ",".join((CALENDAR, BUSY, STARTS))
    + """
SELECT start, array_agg(DISTINCT id ORDER BY id) AS resource_ids
FROM candidate
JOIN free USING (id)
WHERE start <@ free.starts
GROUP BY start
HAVING count(DISTINCT requirement) = %(requirement_count)s
ORDER BY start
LIMIT %(limit)s
"""
)
"""The starts in [from_at, to_at) at which every requirement has a free resource, with those that are free."""

HOURS_AT = (
    "WITH "  # noqa: S608  # put together from constants alone
    + CALENDAR
    + """
SELECT chosen.id,
       COALESCE(tstzrange(%(start_at)s, %(end_at)s) <@ working.spans, FALSE) AS works,
       tstzrange(%(start_at)s, %(end_at)s) && off.spans AS is_off,
       ARRAY(SELECT opens_at FROM piece WHERE piece.id = chosen.id AND %(start_at)s::timestamptz <@ span) AS openings
FROM chosen
LEFT JOIN working USING (id)
JOIN off USING (id)
"""
)
"""Of each resource: whether it works through [start_at, end_at), is off in it, and when the openings that hold
`start_at` began."""
