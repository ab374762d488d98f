"""Run the command line with `python -m pathtrack`."""

from pathtrack.cli import main

if __name__ == "__main__":
    main()
