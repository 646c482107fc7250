"""Makes the scan graph of a model anew from its other graph: `python -m beat_attention.scan_of resources/models`."""

import json
import sys
from pathlib import Path

from .export import FILES, NAME, Deployed, scan_again
from .reread import members_of


def main():
    folder = Path(sys.argv[1])
    card = json.loads((folder / f"{NAME}.json").read_text(encoding="utf-8"))
    net = Deployed(members_of(folder / FILES["explain"], card), card["parameters"]["calibration"])
    print(scan_again(net, card, folder)["files"]["scan"])


if __name__ == "__main__":
    main()
