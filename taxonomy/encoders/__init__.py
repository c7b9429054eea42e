"""Encoders: text in any language to a vector. One Protocol, the Nordic encoder (default), sentence-transformers models."""

from taxonomy.encoders.base import Encoder, EncoderUnavailable, Vectors, unit_rows
from taxonomy.encoders.ngrams import fold
from taxonomy.encoders.nordic import FloatTable, NordicEncoder
from taxonomy.encoders.transformer import SentenceTransformerEncoder

__all__ = ["Encoder", "EncoderUnavailable", "FloatTable", "NordicEncoder", "SentenceTransformerEncoder", "Vectors", "fold", "unit_rows"]
