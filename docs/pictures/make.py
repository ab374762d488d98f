"""Make the pictures of the README from the real program: a terminal's list, and the HTML page.

python docs/pictures/make.py
"""

import io
import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.text import Text

HERE = Path(__file__).parent
COLUMNS = 100
DAY = "2026-11-22"
"""The day on which the shipped record was typed in."""


def on_a_terminal(*words: str) -> str:
    """Run the program on a terminal, and return what it writes there, colours included."""
    settings = {"COLUMNS": str(COLUMNS), "TERM": "xterm-256color", "PATHTRACK_TODAY": DAY}
    command = [
        sys.executable,
        "-m",
        "pathtrack",
        *words,
        "--file",
        str(HERE.parents[1] / "recommendations.toml"),
    ]
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(command[0], command, {**os.environ, **settings})  # noqa: S606 no shell is wanted
    said = b""
    while block := _read(terminal):
        said += block
    os.waitpid(pid, 0)
    return said.decode().replace("\r\n", "\n")


def drawn(*words: str) -> str:
    """Draw a command and what it writes as SVG that loads nothing."""
    console = Console(width=COLUMNS, record=True, file=io.StringIO())
    console.print(Text.from_ansi(on_a_terminal(*words)))
    picture = console.export_svg(title=f"pathtrack {' '.join(words)}", unique_id="pathtrack")
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
    return picture.replace("Fira Code, monospace", "Menlo, Consolas, DejaVu Sans Mono, monospace")


def photograph(path: Path) -> None:
    """Write a picture of the top of the HTML page in a browser."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder) / "index.html"
        command = [sys.executable, "-m", "pathtrack", "export", str(page), "--as-of", DAY]
        subprocess.run(command, check=True, cwd=HERE.parents[1], capture_output=True)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        view = browser.new_page(viewport={"width": 1100, "height": 760}, color_scheme="light")
        view.goto(page.as_uri())
        view.screenshot(path=path)
        browser.close()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # its other end is closed
        return b""


if __name__ == "__main__":
    (HERE / "list.svg").write_text(drawn("list", "--area", "defense"), encoding="utf-8")
    photograph(HERE / "page.png")
