"""Word lists of the reader, a folder a language, and the script that conjugates its verbs."""
