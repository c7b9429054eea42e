"""Where landed migrations find the sealed fields, which live in `accounts.fields`."""

from accounts.fields import PackedJSONField, SealedJSONField

__all__ = ["PackedJSONField", "SealedJSONField"]
