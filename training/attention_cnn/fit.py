"""One training: from segments to weights. Killed and started again, it goes on where it was."""

import copy
import math
import time

import numpy as np
import torch
from torch.nn import functional as F

from common import checkpoint
from common.metrics import balanced_log_loss, roc_auc

from .augment import augment
from .model import TOKENS, AttentionCnn


def device_in_use() -> torch.device:
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


@torch.no_grad()
def predict(model: AttentionCnn, samples: np.ndarray, batch: int = 32, rough=False) -> np.ndarray:
    """Probability of Abnormal, [n], of standardised segments [n, 3600].

    rough: in bfloat16, several times faster on processors with AMX and good enough to stop early by.
    """
    model.eval()
    device = next(model.parameters()).device
    parts = []
    for start in range(0, len(samples), batch):
        x = torch.from_numpy(np.ascontiguousarray(samples[start : start + batch])).to(device)
        with torch.autocast(device.type, torch.bfloat16, enabled=rough):
            logits = model(x[:, None])
        parts.append(torch.softmax(logits.float(), dim=1)[:, 1].cpu().numpy())
    return np.concatenate(parts)


def draw(patient: np.ndarray, per_patient: int, rng) -> np.ndarray:
    """Row numbers of one epoch, shuffled: as many of every patient, in the patient's own proportions of the kinds.

    Neighbouring windows of a patient are nearly copies, so an epoch over all of them would spend its time on
    repetition. A patient's kinds are not evened out: the few Abnormal windows of a mostly Normal patient are the
    odd ones (a short run of fast beats), and drawing them as often as bundle branch block made them rule.
    """
    rows = []
    for name in sorted(set(patient.tolist())):
        of = np.flatnonzero(patient == name)
        rows.append(rng.choice(of, size=min(per_patient, len(of)), replace=False))
    return rng.permutation(np.concatenate(rows))


def fit(segments, train, validation, recipe, path, epochs=None, log=print):
    """Trains on rows `train` and watches the groups of rows in `validation`.

    validation: rows by name of the group; where there are any, training stops once their mean loss has had no
    new minimum for `recipe.patience` epochs, and the weights of the best epoch are returned.
    epochs: to stop after, at most `recipe.epochs`; the learning rate follows the same schedule either way.
    path: checkpoint, written every epoch; a finished training is not repeated, an unfinished one continued.
    Returns (model, history): weights averaged over the last steps, and one dict per epoch.
    """
    device = device_in_use()
    torch.manual_seed(recipe.seed)
    model = AttentionCnn(recipe.dropout).to(device)
    average = copy.deepcopy(model)
    optimiser = torch.optim.AdamW(rates(model, recipe), weight_decay=recipe.weight_decay)
    patient, abnormal = segments.patient[train], segments.abnormal[train]
    drawn = draw(patient, recipe.windows_per_patient, np.random.default_rng(recipe.seed))
    # Patients count alike, however many windows they have: so does the share of Abnormal that is weighted against.
    share = float(np.clip(np.mean([abnormal[patient == name].mean() for name in set(patient)]), 0.05, 0.95))
    weight = torch.tensor([0.5 / (1 - share), 0.5 / share], device=device)
    steps = math.ceil(len(drawn) / recipe.batch)

    state = checkpoint.load(path) or {"epoch": 0, "history": [], "best": None}
    if "finished" in state:
        average.load_state_dict(state["best"])
        return average.eval(), state["history"]
    if state["epoch"]:
        model.load_state_dict(state["model"])
        average.load_state_dict(state["average"])
        optimiser.load_state_dict(state["optimiser"])
    for epoch in range(state["epoch"], epochs or recipe.epochs):
        if stopped(state["history"], recipe.patience):
            break
        started = time.time()
        # Seeded by epoch: a continued training draws what an uninterrupted one would have drawn.
        rng = np.random.default_rng([recipe.seed, epoch])
        generator = torch.Generator().manual_seed(recipe.seed * 1000 + epoch)
        torch.manual_seed(recipe.seed * 1000 + epoch)
        rows = train[draw(patient, recipe.windows_per_patient, rng)]
        model.train()
        losses = []
        for i in range(0, len(rows), recipe.batch):
            step = epoch * steps + i // recipe.batch
            for group in optimiser.param_groups:
                group["lr"] = group["peak"] * schedule(step, recipe.epochs * steps)
            loss = loss_of(model, segments, rows[i : i + recipe.batch], recipe, weight, generator)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            follow(average, model, min(recipe.average, (step + 1) / (step + 10)))
            losses.append(float(loss.detach()))
        row = {"epoch": epoch + 1, "loss": float(np.mean(losses))}
        speed = len(rows) / (time.time() - started)
        if validation:
            row.update(validate(average, segments, validation, recipe.validation_stride))
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
        log(f"  epoch {epoch + 1}/{epochs or recipe.epochs}: {figures} ({speed:.0f} segments/s)")
    # A finished training needs its optimiser no more, which is most of a checkpoint.
    checkpoint.save(path, {"finished": True, "best": state["best"], "history": state["history"]})
    average.load_state_dict(state["best"])
    return average.eval(), state["history"]


def rates(model: AttentionCnn, recipe) -> list:
    """Parameter groups with their highest learning rate.

    The 900 attended tokens that the wide layer reads are nearly alike, so its 57,600 weights per unit move
    together, and at the common rate its output jumped about from step to step.
    """
    wide = model.fc1.weight
    rest = [p for p in model.parameters() if p is not wide]
    peaks = (recipe.learning_rate, recipe.learning_rate * recipe.wide_layer_rate)
    return [{"params": p, "lr": peak, "peak": peak} for p, peak in zip((rest, [wide]), peaks)]


def loss_of(model, segments, rows, recipe, weight, generator) -> torch.Tensor:
    """Weighted cross-entropy of one augmented batch."""
    device = weight.device
    x, other = (torch.from_numpy(leads[rows]) for leads in (segments.samples, segments.other))
    x = augment(x, other, recipe, generator)
    y = torch.from_numpy(segments.abnormal[rows].astype(np.int64)).to(device)
    keys = None
    if recipe.key_fraction < 1:
        count = max(1, round(TOKENS * recipe.key_fraction))
        keys = torch.randperm(TOKENS, generator=generator)[:count].sort().values.to(device)
    # bfloat16 pays on a GPU; on a CPU the backward pass of attention over heads of 8 is no faster in it.
    with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
        logits = model(x[:, None].to(device), keys)
    return F.cross_entropy(logits.float(), y, weight=weight, label_smoothing=recipe.label_smoothing)


def validate(model, segments, validation: dict, stride: int) -> dict:
    """Loss of each group, their mean, and the mean ROC-AUC of the groups with both classes."""
    losses, aucs = {}, []
    for name, rows in validation.items():
        p = predict(model, segments.samples[rows[::stride]], rough=True)
        losses[name] = balanced_log_loss(segments.abnormal[rows[::stride]], p)
        aucs.append(roc_auc(segments.abnormal[rows[::stride]], p))
    aucs = [auc for auc in aucs if not math.isnan(auc)]
    return {
        "validationLoss": float(np.mean(list(losses.values()))),
        "validationRocAuc": float(np.mean(aucs)) if aucs else float("nan"),
        "groups": losses,
    }


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
    for a, b in zip(average.parameters(), model.parameters()):
        a.mul_(keep).add_(b, alpha=1 - keep)
