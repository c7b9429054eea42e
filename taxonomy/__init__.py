"""The shared vocabulary: skills, occupations, the needs catalogue, places; the encoder and the linker."""
