"""The walls around a session, one file each, and the ladder of them that a machine has."""
