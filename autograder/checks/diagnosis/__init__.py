"""What is known of a wrong answer: what a session answered, and which mistake it resembles."""
