"""Keeping a casefile whole: verified, exported, copied, backed up, restored, brought together again."""
