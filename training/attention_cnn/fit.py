"""One training on patients: from segments to weights. Killed and started again, it goes on where it was."""

import math

import numpy as np
import torch
from torch.nn import functional as F

from common.metrics import balanced_log_loss, roc_auc

from .augment import augment
from .descend import descend, device_in_use
from .model import SharedCnn, some_tokens

WATCH_GROUP = 3  # early stopping asks every third token: a ninth of the attention


@torch.no_grad()
def predict(model: SharedCnn, samples: np.ndarray, batch: int = 32, rough=False) -> np.ndarray:
    """Probability of Abnormal, [n], of standardised segments [n, 3600], as the exported network would answer.

    rough: from a third of the tokens, which is good enough to stop early by.
    """
    device = device_in_use()
    full = None if rough else model.spread().to(device)
    at = some_tokens(WATCH_GROUP).to(device)
    parts = []
    for start in range(0, len(samples), batch):
        x = torch.from_numpy(np.ascontiguousarray(samples[start : start + batch]))[:, None].to(device)
        logits = model.eval()(x, at) if rough else full(x)
        parts.append(torch.softmax(logits, dim=1)[:, 1].cpu().numpy())
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


def fit(segments, train, validation, recipe, path, beginning=None, epochs=None, log=print):
    """Trains on rows `train` and watches the groups of rows in `validation`.

    validation: rows by name of the group; where there are any, training stops once their mean loss has had no
    new minimum for `recipe.patience` epochs, and the weights of the best epoch are returned.
    beginning: pretrained weights, simulated patients and a teacher; without it, training begins from nothing and
    has the reference labels alone. epochs: to stop after, at most `recipe.epochs`.
    path: checkpoint. Returns (model, history); see `descend`.
    """
    device = device_in_use()
    torch.manual_seed(recipe.seed)
    model = SharedCnn(recipe.dropout)
    if beginning is not None:
        model.load_state_dict(beginning.weights)
    patient, abnormal = segments.patient[train], segments.abnormal[train]
    # Patients count alike, however many windows they have: so does the share of Abnormal that is weighted against.
    share = float(np.clip(np.mean([abnormal[patient == name].mean() for name in set(patient)]), 0.05, 0.95))
    weight = torch.tensor([0.5 / (1 - share), 0.5 / share])

    def batches(rng):
        rows = train[draw(patient, recipe.windows_per_patient, rng)]
        # Half of every batch is simulated.
        size = math.ceil(recipe.batch / 2) if beginning is not None else recipe.batch
        return [rows[i : i + size] for i in range(0, len(rows), size)]

    def loss_of(model, rows, generator):
        x, target, weights = examples(segments, rows, weight, recipe, beginning, generator)
        at = some_tokens(recipe.token_group, generator).to(device)
        target = (1 - recipe.label_smoothing) * target + recipe.label_smoothing / 2
        losses = -(target.to(device) * F.log_softmax(model(x[:, None].to(device), at), dim=1)).sum(1)
        weights = weights.to(device)
        return (losses * weights).sum() / weights.sum()

    def watch(average):
        return validate(average, segments, validation, recipe.validation_stride)

    return descend(
        model.to(device),
        batches,
        loss_of,
        recipe,
        path,
        rate=recipe.learning_rate,
        length=recipe.epochs,
        epochs=epochs,
        watch=watch if validation else None,
        log=log,
    )


def examples(segments, rows, weight, recipe, beginning, generator) -> tuple:
    """Strips [n, 3600], probabilities to learn [n, 2] and their weights [n]: augmented rows, then simulated ones."""
    x, other = (torch.from_numpy(leads[rows]) for leads in (segments.samples, segments.other))
    x = augment(x, other, recipe, generator)
    y = torch.from_numpy(segments.abnormal[rows].astype(np.int64))
    target, weights = F.one_hot(y, 2).float(), weight[y]
    if beginning is None:
        return x, target, weights
    # The teacher answers to the strip as it was varied: a turned lead may show a wide complex as a narrow one.
    device = device_in_use()
    with torch.no_grad():
        answer = torch.softmax(beginning.teacher.eval()(x[:, None].to(device)), dim=1).cpu()
    share = recipe.teacher_share
    target = share * answer + (1 - share) * target
    weights = share + (1 - share) * weights
    simulated, kind = beginning.draw(len(rows), generator)
    return (
        torch.cat([x, simulated]),
        torch.cat([target, F.one_hot(kind, 2).float()]),
        torch.cat([weights, torch.ones(len(rows))]),
    )


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
