"""Every change of rows that editors and readers make here."""

from content.actions.pages import ensure_tree, let_editors_publish, note_published, note_taken_down, translate

__all__ = ["ensure_tree", "let_editors_publish", "note_published", "note_taken_down", "translate"]
