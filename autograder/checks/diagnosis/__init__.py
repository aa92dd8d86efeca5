"""Name a wrong answer: record what a session answers, and find the mistake it resembles."""
