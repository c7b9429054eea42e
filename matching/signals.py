"""The two yeses as the database holds them: triggers that refuse contact without both, on SQLite and PostgreSQL.

Installed after every migrate, because SQLite drops the triggers of a table that Django remakes; a test counts them.
Each rule is one condition in SQL that both databases understand; a row for which it is true is refused.
"""

from audit.signals import Guard, Rule

SUGGESTION_MOVED = "suggestion_moved"  # suggestion_id, state
ENGINE_STARTED = "engine_started"  # stop_id: the stop that is over
TO_SCORE = "to_score"  # posting_id or profile_id: it was not scored while the engine rested
PERSON_ERASED = "person_erased"  # user_id: nothing of this account as a jobseeker is kept any more


RULES = (
    Rule(
        "approval_by_own_advisor",
        "matching_approval",
        "INSERT",
        """NOT EXISTS (SELECT 1 FROM matching_suggestion s JOIN jobseekers_profile p ON p.id = s.profile_id
           WHERE s.id = NEW.suggestion_id AND p.advisor_id = NEW.by_id AND s.state = 'suggested')""",
    ),
    Rule(
        "approval_stands",
        "matching_approval",
        "UPDATE",
        """NEW.suggestion_id <> OLD.suggestion_id OR NEW.by_id <> OLD.by_id OR NEW.card_hash <> OLD.card_hash
           OR NEW.posting_hash <> OLD.posting_hash OR (OLD.void_at IS NOT NULL AND NEW.void_at IS NULL)""",
    ),
    Rule(
        "consent_to_a_live_approval",
        "matching_consent",
        "INSERT",
        """NEW.withdrawn_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM matching_approval a
           JOIN matching_suggestion s ON s.id = a.suggestion_id
           WHERE a.id = NEW.approval_id AND a.suggestion_id = NEW.suggestion_id AND a.void_at IS NULL
           AND a.posting_hash = NEW.posting_hash AND s.state = 'approved')""",
    ),
    Rule(
        "consent_stands",
        "matching_consent",
        "UPDATE",
        """NEW.suggestion_id <> OLD.suggestion_id OR NEW.approval_id <> OLD.approval_id OR NEW.card_hash <> OLD.card_hash
           OR NEW.posting_hash <> OLD.posting_hash OR NEW.until <> OLD.until OR NEW.at <> OLD.at
           OR (OLD.withdrawn_at IS NOT NULL AND (NEW.withdrawn_at IS NULL OR NEW.withdrawn_at <> OLD.withdrawn_at))""",
    ),
    Rule(
        "two_yeses",
        "matching_introduction",
        "INSERT",
        """NOT EXISTS (SELECT 1 FROM matching_consent c
           JOIN matching_approval a ON a.id = c.approval_id
           JOIN matching_suggestion s ON s.id = c.suggestion_id
           JOIN jobseekers_profile p ON p.id = s.profile_id
           JOIN employers_postingstatus t ON t.posting_id = s.posting_id
           WHERE c.id = NEW.consent_id AND a.id = NEW.approval_id AND s.id = NEW.suggestion_id AND s.posting_id = NEW.posting_id
           AND c.suggestion_id = s.id AND a.suggestion_id = s.id AND s.state = 'consented'
           AND c.withdrawn_at IS NULL AND a.void_at IS NULL AND c.until >= {day NEW.opened_at} AND a.by_id = p.advisor_id
           AND p.left_at IS NULL AND NOT p.paused
           AND c.posting_hash = a.posting_hash AND t.published_hash = a.posting_hash AND t.state = 'published')""",
        # A withdrawal or a new version of the posting that is on its way is waited for and seen.
        """PERFORM 1 FROM matching_consent WHERE id = NEW.consent_id FOR UPDATE;
           PERFORM 1 FROM matching_approval WHERE id = NEW.approval_id FOR UPDATE;
           PERFORM 1 FROM employers_postingstatus WHERE posting_id = NEW.posting_id FOR SHARE;""",
    ),
    Rule(
        "door_needs_its_yes",
        "matching_introduction",
        "UPDATE",
        """NEW.suggestion_id <> OLD.suggestion_id OR NEW.consent_id <> OLD.consent_id OR NEW.approval_id <> OLD.approval_id
           OR NEW.posting_id <> OLD.posting_id OR (OLD.state = 'closed' AND NEW.state <> 'closed')
           OR (NEW.state <> 'closed' AND EXISTS (SELECT 1 FROM matching_consent c
             WHERE c.id = NEW.consent_id AND c.withdrawn_at IS NOT NULL))""",
    ),
    Rule("suggestion_starts_undecided", "matching_suggestion", "INSERT", "NEW.state <> 'suggested' OR NEW.approved_once"),
    Rule(
        "suggestion_moves_with_its_yes",
        "matching_suggestion",
        "UPDATE",
        """NEW.posting_id <> OLD.posting_id OR NEW.profile_id <> OLD.profile_id OR (OLD.state = 'closed' AND NEW.state <> 'closed')
           OR (NEW.state = 'approved' AND OLD.state NOT IN ('suggested', 'approved'))
           OR (NEW.state = 'consented' AND OLD.state NOT IN ('approved', 'consented'))
           OR (NEW.state = 'introduced' AND OLD.state NOT IN ('consented', 'introduced'))
           OR (NEW.state = 'suggested' AND OLD.state <> 'suggested')
           OR (NEW.state = 'approved' AND NOT EXISTS (SELECT 1 FROM matching_approval a
             WHERE a.suggestion_id = NEW.id AND a.void_at IS NULL))
           OR (NEW.state = 'consented' AND NOT EXISTS (SELECT 1 FROM matching_consent c
             WHERE c.suggestion_id = NEW.id AND c.withdrawn_at IS NULL))
           OR (NEW.state = 'introduced' AND NOT EXISTS (SELECT 1 FROM matching_introduction i WHERE i.suggestion_id = NEW.id))""",
    ),
)
# A yes that is taken back closes the door in the same statement, whoever writes it.
CLOSE = """UPDATE matching_introduction SET state = 'closed', closed_as = 'withdrawn', closed_at = NEW.withdrawn_at
  WHERE consent_id = NEW.id AND state <> 'closed';"""
WITHDRAWN_NOW = "OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL"


def _closes(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [
            f"""CREATE OR REPLACE FUNCTION ingang_withdrawal_closes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF {WITHDRAWN_NOW} THEN {CLOSE} END IF; RETURN NEW; END $$""",
            """CREATE OR REPLACE TRIGGER withdrawal_closes AFTER UPDATE ON matching_consent
            FOR EACH ROW EXECUTE FUNCTION ingang_withdrawal_closes()""",
        ]
    return [
        "DROP TRIGGER IF EXISTS withdrawal_closes",
        f"CREATE TRIGGER withdrawal_closes AFTER UPDATE ON matching_consent WHEN {WITHDRAWN_NOW} BEGIN {CLOSE} END",
    ]


GUARD = Guard(RULES, tables={"matching_introduction"}, more=_closes, also=["withdrawal_closes"])
