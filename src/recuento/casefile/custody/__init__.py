"""The log of every act, its checkpoints and time stamps, and the removal of what is to be gone."""
