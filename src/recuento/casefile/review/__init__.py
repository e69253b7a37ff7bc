"""What people decide: confirmed, corrected, added, judged; nothing of it is ever overwritten."""
