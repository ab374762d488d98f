"""Run the command line with `python -m pathtrack`."""

from pathtrack.cli import run

if __name__ == "__main__":
    run()
