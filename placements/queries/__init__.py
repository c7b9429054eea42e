"""Reads of placements that are no single model's business."""
