"""Malformed and hostile files, made by code from a seed: the corpus on which reading is held to its limits.

`corpus.corpus(seed)` gives more than five hundred, each made only when it is asked for. `benchmarks/hostile.py`
sends all of them through `recuento preserve`, the suite a few.
"""
