-- One business with :rows appointments, in the schema named by search_path. Every appointment takes one or two resources.
INSERT INTO schedule_resource (name, type, timezone, max_concurrent_events, is_active, color, created_at, updated_at)
SELECT 'Résource ' || n, 'staff', '', 1, true, '#5b6cff', '2024-01-01', '2024-01-01' FROM generate_series(1, 40) n;

INSERT INTO schedule_service (name, description, duration_minutes, buffer_before_minutes, buffer_after_minutes,
    price_cents, currency, min_notice_minutes, max_advance_days, slot_step_minutes, is_active, created_at, updated_at)
SELECT 'Service ' || n, '', 30, 0, 0, 100 * n, 'USD', 0, 365, 15, true, '2024-01-01', '2024-01-01'
FROM generate_series(1, 30) n;

INSERT INTO schedule_customer (id, name, email, phone, notes, tags, is_active, created_at, updated_at)
SELECT ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid,
       (ARRAY['Anna "Ann" Müller ', 'O''Brien, Zoë ', '=cmd|''/C calc''!A0 ', 'Łukasz Żółć ', '山田 太郎 '])[1 + n % 5] || n,
       'customer' || n || '@example.org', '+1 212 555 ' || lpad(n::text, 6, '0'),
       CASE WHEN n % 20 = 0 THEN E'two\nlines' ELSE '' END, '{}', true, '2024-01-01', '2024-01-01'
FROM generate_series(1, greatest(:rows / 20, 100)) n;

INSERT INTO schedule_event (id, service_id, customer_id, start_at, end_at, status, price_cents, currency, source, notes,
    created_at, updated_at, cancelled_at, completed_at, version)
SELECT ('01900000-' || lpad(to_hex(n / 65536), 4, '0') || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
       (SELECT min(id) FROM schedule_service) + n % 30,
       ('00000000-0000-7000-8000-' || lpad((1 + n % greatest(:rows / 20, 100))::text, 12, '0'))::uuid,
       '2024-01-01'::timestamptz + n * interval '1 minute',
       '2024-01-01'::timestamptz + (n + 30) * interval '1 minute',
       CASE WHEN n % 10 = 0 THEN 'cancelled' ELSE 'completed' END, 4500, 'USD', 'staff',
       CASE WHEN n % 7 = 0 THEN 'Prefers the "quiet" room, please' ELSE '' END,
       '2023-12-01'::timestamptz + n * interval '1 minute' + n % 1000 * interval '1 ms',
       '2024-01-01'::timestamptz + n * interval '1 minute' + n % 1000 * interval '1 ms',
       CASE WHEN n % 10 = 0 THEN '2024-01-01'::timestamptz + n * interval '1 minute' END,
       CASE WHEN n % 10 <> 0 THEN '2024-01-01'::timestamptz + n * interval '1 minute' END, 2
FROM generate_series(1, :rows) n;

INSERT INTO schedule_participant (event_id, resource_id, occupied, blocks, exclusive)
SELECT event.id, (SELECT min(id) FROM schedule_resource) + (event.number * 7 + taken) % 40,
       tstzrange(event.start_at, event.end_at), false, true
FROM (SELECT id, start_at, end_at, row_number() OVER (ORDER BY id) AS number FROM schedule_event) event,
     generate_series(0, (event.number % 5 = 0)::int) taken;

VACUUM ANALYZE schedule_event, schedule_participant, schedule_customer, schedule_service, schedule_resource;
