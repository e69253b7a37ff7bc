"""What only keepers of names may read: the vault, its keys, locking, and a casefile to carry without it."""
