"""What is asked, what happened, and what follows from that: values, pure."""
