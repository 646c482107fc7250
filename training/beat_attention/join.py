"""Joins networks of two models that learned from the same people into one that averages them:
`python -m beat_attention.join --data PREPARED --first FOLDER --second FOLDER --members 0,1 --out FOLDER`.

Calibration, threshold and refer band are the means of both, each made of answers to people whom its networks had not seen.
What is asked of strips is chosen on one half of the strips that neither had learned from, and told on the other.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from . import strips
from .data import load, thinned
from .export import Deployed, export
from .predict import predict_mean
from .reread import members_of
from .train import card_of, halves_of, save_parity, set_of

CARD, GRAPH = "beat-attention.json", "beat-attention.onnx"


def between(first, second):
    """The mean of two calibrations, whatever they consist of."""
    if isinstance(first, dict):
        return {name: between(first[name], second[name]) for name in first}
    if isinstance(first, (list, tuple)):
        return [between(one, other) for one, other in zip(first, second)]
    return (first + second) / 2


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--first", required=True, help="folder of beat-attention.onnx and its card")
    parser.add_argument("--second", required=True, help="another; the cross-validation told on the card is of its recipe")
    parser.add_argument("--members", default="0,1", help="which networks to take of either")
    parser.add_argument("--model-version", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--seed", type=int, default=1, help="of the networks, for the card")
    parser.add_argument("--parity", default="", help="folder for PyTorch's own answers on real beats")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    cards = [json.loads((Path(folder) / CARD).read_text()) for folder in (options.first, options.second)]
    wanted = [int(k) for k in options.members.split(",")]
    nets = [
        net for folder, card in zip((options.first, options.second), cards)
        for k, net in enumerate(members_of(Path(folder) / GRAPH, card)) if k in wanted
    ]
    records = load(options.data)
    learned = {name for card in cards for name in card["training"]["records"]}
    # Most strips with fibrillation were learned from: of the others so many are left that it is about as frequent as in the set.
    unseen = thinned([r for r in records if set_of(r) == "rhythms alone" and r.name not in learned])
    rows = [(record, predict_mean(nets, record)) for record in unseen]

    told = lambda card: {**card["parameters"]["calibration"], "threshold": card["threshold"]["value"], "referBand": card["referBand"]}
    calibration = between(*map(told, cards))
    chooses, reported = halves_of(rows)
    strip = strips.choose(chooses, calibration, calibration["threshold"])
    held_out = strips.measure(reported, calibration, strip, calibration["threshold"], "heldOut")
    metrics = {name: group for name, group in cards[1]["metrics"].items() if name in ("crossValidation.mitdb", "crossValidation.svdb")}
    print(json.dumps({"calibration": calibration, "strip": strip, "metrics": held_out}, indent=1), flush=True)

    parts = {k: calibration[k] for k in ("temperature", "classOffset", "fibrillation", "review", "ectopy")}
    deployed = Deployed(nets, parts)
    if options.parity:
        save_parity(deployed, [r for r in records if r.name in learned], options.parity)
    index = json.loads((Path(options.data) / "index.json").read_text())
    recipes = "; ".join(f"{card['version']}: {card['training']['recipe']}" for card in cards)
    recipe = f"members {options.members} of each of two models, averaged by training/beat_attention/join.py ({recipes})"
    card = card_of(sorted(learned), calibration, strip, {**metrics, **held_out}, recipe, options, index)
    card["limits"] = [*card["limits"], *limits_of(cards, records, learned)]
    print(export(deployed, card, options.out)["files"]["scan"])


def limits_of(cards, records, learned) -> list:
    """What a reader of the card has to know of whose figures they are."""
    sets = ", ".join(sorted({r.database for r in records if r.name in learned}))
    return [
        f"Cross-validation figures are of two networks per fold, trained as half of this model is; the other half is of version {cards[0]['version']}.",
        f"Trained on {sets}; the figures named heldOut are of people of these sets that it did not see.",
    ]


if __name__ == "__main__":
    main()
