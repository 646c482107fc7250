"""Gradient descent that can be killed: every stage of the training runs through here, with its own batches and loss."""

import copy
import math
import time

import numpy as np
import torch

from common import checkpoint


def device_in_use() -> torch.device:
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def descend(
    model, batches, loss_of, recipe, path, *, rate, length, epochs=None, watch=None, log=print
):
    """Trains `model` (on its device) and returns (the average of its weights over the last steps, history).

    batches(rng): the batches of one epoch, a list; loss_of(model, batch, generator): a scalar tensor.
    rate: highest learning rate, of a schedule over `length` epochs; epochs: to stop after, at most `length`.
    watch(average): a dict of figures of an epoch; where it has `validationLoss`, training stops once that has had no
    new minimum for `recipe.patience` epochs, and the weights of the best epoch are returned.
    path: checkpoint, written every epoch; a finished training is not repeated, an unfinished one continued.
    """
    average = copy.deepcopy(model)
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=recipe.weight_decay)
    state = checkpoint.load(path) or {"epoch": 0, "history": [], "best": None}
    if "finished" in state:
        average.load_state_dict(state["best"])
        return average.eval(), state["history"]
    if state["epoch"]:
        model.load_state_dict(state["model"])
        average.load_state_dict(state["average"])
        optimiser.load_state_dict(state["optimiser"])
    for epoch in range(state["epoch"], epochs or length):
        if stopped(state["history"], recipe.patience):
            break
        started = time.time()
        # Seeded by epoch: a continued training draws what an uninterrupted one would have drawn.
        rng = np.random.default_rng([recipe.seed, epoch])
        generator = torch.Generator().manual_seed(recipe.seed * 1000 + epoch)
        torch.manual_seed(recipe.seed * 1000 + epoch)
        model.train()
        losses = []
        todo = batches(rng)
        for i, batch in enumerate(todo):
            step = epoch * len(todo) + i
            for group in optimiser.param_groups:
                group["lr"] = rate * schedule(step, length * len(todo))
            loss = loss_of(model, batch, generator)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            follow(average, model, min(recipe.average, (step + 1) / (step + 10)))
            losses.append(float(loss.detach()))
        row = {"epoch": epoch + 1, "loss": float(np.mean(losses))}
        speed = sum(map(len, todo)) / (time.time() - started)
        if watch is not None:
            row.update(watch(average.eval()))
        state["history"].append(row)
        watched = [r.get("validationLoss", -r["epoch"]) for r in state["history"]]
        if watched[-1] == min(watched):
            state["best"] = {k: v.detach().cpu().clone() for k, v in average.state_dict().items()}
        state.update(
            epoch=epoch + 1,
            model=model.state_dict(),
            average=average.state_dict(),
            optimiser=optimiser.state_dict(),
        )
        checkpoint.save(path, state)
        figures = ", ".join(f"{k} {v:.4f}" for k, v in row.items() if isinstance(v, float))
        log(f"  epoch {epoch + 1}/{epochs or length}: {figures} ({speed:.0f} segments/s)")
    # A finished training needs its optimiser no more, which is most of a checkpoint.
    checkpoint.save(path, {"finished": True, "best": state["best"], "history": state["history"]})
    average.load_state_dict(state["best"])
    return average.eval(), state["history"]


def schedule(step: int, total: int) -> float:
    """Share of the learning rate: a linear rise over the first 5 %, then half a cosine to nothing."""
    rise = max(1, round(0.05 * total))
    if step < rise:
        return (step + 1) / rise
    return 0.5 * (1 + math.cos(math.pi * (step - rise) / max(1, total - rise)))


def stopped(history: list, patience: int) -> bool:
    """Whether the validation loss has had no new minimum for `patience` epochs."""
    losses = [row["validationLoss"] for row in history if "validationLoss" in row]
    return bool(losses) and len(losses) - 1 - int(np.argmin(losses)) >= patience


@torch.no_grad()
def follow(average, model, keep: float) -> None:
    """Moves the running average of the weights a step towards the model (Polyak & Juditsky 1992)."""
    for a, b in zip(average.state_dict().values(), model.state_dict().values()):
        if a.dtype.is_floating_point:
            a.mul_(keep).add_(b, alpha=1 - keep)
        else:
            a.copy_(b)
