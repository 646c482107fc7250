"""Several networks trained side by side: each needs one core, or a slice of a GPU."""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path

import torch

from .data import load, load_lenders, name_of
from .fit import fit, taken_up
from .model import BeatAttention


@dataclass(frozen=True)
class Wanted:
    """A network to train on every record but those named, as `database/record`."""

    name: str
    seed: int
    without: frozenset = frozenset()


@dataclass(frozen=True)
class Recipe:
    data: str
    epochs: int
    off: tuple = ()
    layers: int = 2
    threads: int = 1


def networks(wanted, recipe: Recipe, out, jobs: int = 1) -> list:
    """The networks wanted, in their order; each is kept in the folder `out` and taken up from there if it was finished.

    jobs: processes at a time. With 1 everything happens in this one.
    """
    missing = [one for one in wanted if not _path(out, one).exists()]
    if jobs > 1 and len(missing) > 1:
        with ProcessPoolExecutor(min(jobs, len(missing)), _starts()) as pool:
            for future in [pool.submit(_train, one, recipe, out) for one in missing]:
                future.result()
    return [_train(one, recipe, out) for one in wanted]


def _starts():
    """How processes start: not forked from this one, since CUDA does not survive that, but where there is such a thing from
    one that has loaded PyTorch and done nothing with it. To load it takes each of them two seconds."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


def _path(out, one: Wanted) -> Path:
    return Path(out) / f"{one.name}.pt"


def _train(one: Wanted, recipe: Recipe, out) -> BeatAttention:
    torch.set_num_threads(recipe.threads)

    def train():
        records = [r for r in load(recipe.data) if name_of(r) not in one.without]
        log = lambda text: print(f"{one.name} {text}", flush=True)
        return fit(records, recipe.epochs, one.seed, recipe.off, recipe.layers, log=log, lenders=load_lenders(recipe.data))

    return taken_up(_path(out, one), train, recipe.layers)
