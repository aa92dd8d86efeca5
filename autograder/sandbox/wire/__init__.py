"""What crosses between grader and session: frames, and the values in them."""
