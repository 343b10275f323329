"""The database keeps the audit log as it was written.

UPDATE, DELETE and TRUNCATE are refused, whoever asks. Two things are let through: references become NULL when what they
point at is deleted (the labels beside them stay), and whatever happens in a transaction that says
`SET LOCAL smoothschedule.audit_erasure = 'on'`, which `core.audit_retention` does where the law asks for it.
"""

from django.db import migrations

LABELS = """
UPDATE core_auditentry entry SET
    tenant_label = coalesce((SELECT name FROM core_tenant WHERE id = entry.tenant_id), ''),
    actor_label = coalesce((SELECT email FROM core_user WHERE id = entry.actor_id), ''),
    impersonator_label = coalesce((SELECT email FROM core_user WHERE id = entry.impersonator_id), '')
"""

REFUSE = """
CREATE FUNCTION core_keep_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('smoothschedule.audit_erasure', true) = 'on' THEN
        IF TG_OP = 'UPDATE' THEN RETURN NEW; END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - '{tenant_id,actor_id,impersonator_id}'::text[]
               = to_jsonb(OLD) - '{tenant_id,actor_id,impersonator_id}'::text[]
           AND (NEW.tenant_id IS NULL OR NEW.tenant_id = OLD.tenant_id)
           AND (NEW.actor_id IS NULL OR NEW.actor_id = OLD.actor_id)
           AND (NEW.impersonator_id IS NULL OR NEW.impersonator_id = OLD.impersonator_id)
        THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'the audit log is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE ON core_auditentry
    FOR EACH ROW EXECUTE FUNCTION core_keep_audit_log();
CREATE TRIGGER audit_log_stays BEFORE TRUNCATE ON core_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION core_keep_audit_log();
"""

ALLOW = """
DROP TRIGGER audit_log_stays ON core_auditentry;
DROP TRIGGER audit_entries_stay ON core_auditentry;
DROP FUNCTION core_keep_audit_log();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0008_support_access"),
    ]

    operations = [
        migrations.RunSQL(LABELS, migrations.RunSQL.noop),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
