"""What commands print: on a terminal, into a pipe, for programs."""
