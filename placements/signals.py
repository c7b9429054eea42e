"""The order of signatures as the database holds it: triggers on SQLite and PostgreSQL, installed after every migrate and counted by a test.

Each rule is one condition in SQL that both databases understand; a row for which it is true is refused.
"""

from audit.signals import Guard, Rule

PLACEMENT_MOVED = "placement_moved"  # placement_id, state
PLACES_CHANGED = "places_changed"  # posting_id: a place of it is taken, or has become free


# What stands behind a placement that is agreed on: a version in force.
_IN_FORCE = (
    "EXISTS (SELECT 1 FROM placements_version v WHERE v.placement_id = NEW.id AND v.state = 'approved' AND v.approved_at IS NOT NULL)"
)
RULES = (
    Rule(
        "placement_from_an_agreed_door",
        "placements_placement",
        "INSERT",
        """NEW.state <> 'draft' OR NOT EXISTS (SELECT 1 FROM matching_introduction i
           JOIN matching_suggestion s ON s.id = i.suggestion_id
           WHERE i.id = NEW.introduction_id AND i.state = 'agreed' AND i.posting_id = NEW.posting_id AND s.profile_id = NEW.profile_id)""",
    ),
    Rule(
        "placement_moves_in_order",
        "placements_placement",
        "UPDATE",
        f"""NEW.introduction_id <> OLD.introduction_id OR NEW.profile_id <> OLD.profile_id OR NEW.posting_id <> OLD.posting_id
           OR (OLD.state <> NEW.state AND NOT (
             (OLD.state = 'draft' AND NEW.state IN ('approved', 'cancelled', 'expired'))
             OR (OLD.state = 'approved' AND NEW.state IN ('running', 'cancelled'))
             OR (OLD.state = 'running' AND NEW.state IN ('paused', 'completed', 'ended_early'))
             OR (OLD.state = 'paused' AND NEW.state IN ('running', 'completed', 'ended_early'))))
           OR (NEW.state IN ('approved', 'running', 'paused', 'completed', 'ended_early') AND NOT {_IN_FORCE})""",
    ),
    Rule(
        "version_begins_unsigned",
        "placements_version",
        "INSERT",
        "NEW.state NOT IN ('draft', 'to_sign') OR NEW.approved_at IS NOT NULL OR NEW.void_at IS NOT NULL",
    ),
    Rule(
        "version_stands_as_signed",
        "placements_version",
        "UPDATE",
        """NEW.placement_id <> OLD.placement_id OR NEW.number <> OLD.number
           OR (OLD.state <> 'draft' AND (NEW.hash <> OLD.hash OR NEW.asked_count <> OLD.asked_count OR NEW.state = 'draft'
             OR CAST(NEW.measure_written AS TEXT) <> CAST(OLD.measure_written AS TEXT)))
           OR (OLD.state IN ('void', 'replaced') AND NEW.state <> OLD.state)
           OR (OLD.state = 'approved' AND NEW.state NOT IN ('approved', 'replaced'))
           OR (NEW.state = 'approved' AND OLD.state NOT IN ('signed', 'approved'))
           OR (NEW.state IN ('signed', 'approved') AND (SELECT COUNT(*) FROM placements_signature g
             WHERE g.version_id = NEW.id AND g.party <> 'advisor' AND g.hash = NEW.hash) < NEW.asked_count)
           OR (NEW.state = 'approved' AND NOT EXISTS (SELECT 1 FROM placements_signature g
             WHERE g.version_id = NEW.id AND g.party = 'advisor' AND g.hash = NEW.hash))""",
    ),
    Rule(
        "signature_on_what_is_open",
        "placements_signature",
        "INSERT",
        """NOT EXISTS (SELECT 1 FROM placements_version v JOIN placements_placement p ON p.id = v.placement_id
             WHERE v.id = NEW.version_id AND v.state IN ('to_sign', 'part_signed', 'signed') AND v.hash = NEW.hash AND v.asked_count > 1
             AND p.state IN ('draft', 'approved', 'running', 'paused'))
           OR (NEW.party = 'advisor' AND (NEW.channel <> '' OR NOT EXISTS (SELECT 1 FROM placements_version v
             JOIN placements_placement p ON p.id = v.placement_id JOIN jobseekers_profile j ON j.id = p.profile_id
             WHERE v.id = NEW.version_id AND v.state = 'signed' AND j.advisor_id = NEW.by_id
             AND (SELECT COUNT(*) FROM placements_signature g
               WHERE g.version_id = v.id AND g.party <> 'advisor' AND g.hash = v.hash) >= v.asked_count)))
           OR (NEW.party <> 'advisor' AND EXISTS (SELECT 1 FROM placements_signature g
             WHERE g.version_id = NEW.version_id AND g.party = 'advisor'))""",
    ),
    Rule("signature_stands", "placements_signature", "UPDATE", "1 = 1"),
)
GUARD = Guard(RULES, tables={"placements_signature"})
