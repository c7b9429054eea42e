"""What a text should say in another way: rules as data, in three languages (docs/decisions/wording-guard.md)."""

from taxonomy.linker.wording.check import Hit, check
from taxonomy.linker.wording.patterns import WrongPattern, parse
from taxonomy.linker.wording.rules import Rule, built_in, made

__all__ = ["Hit", "Rule", "WrongPattern", "built_in", "check", "made", "parse"]
