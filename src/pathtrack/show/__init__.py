"""What commands print: on a terminal, in a pipe, for programs."""
