"""The members of a team on a server: who they are, what they may do, how they sign in.

All of it is kept in the workbench's own small database, never in the casefile.
"""
