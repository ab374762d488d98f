"""Measure whole commands as ratios to bare Python, interleaved, in one run."""

import statistics
import subprocess
import sys
import time

ROUNDS = 15
COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "--version": ["-m", "pathtrack", "--version"],
    "list": ["-m", "pathtrack", "list"],
    "list --area defense": ["-m", "pathtrack", "list", "--area", "defense"],
    "show D2": ["-m", "pathtrack", "show", "D2"],
    "export": ["-m", "pathtrack", "export"],
}


def seconds(arguments: list[str]) -> float:
    """Run one command and return how long it took."""
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return time.perf_counter() - started


def main() -> None:
    """Print the median of each command and its ratio to bare Python."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS):
        for name, arguments in COMMANDS.items():
            times[name].append(seconds(arguments))
    floor = statistics.median(times["python -c pass"])
    for name, measured in times.items():
        median = statistics.median(measured)
        print(f"{name:22} {median * 1000:6.0f} ms  {median / floor:5.1f} x")


if __name__ == "__main__":
    main()
