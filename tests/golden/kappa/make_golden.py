"""Golden answers of Cohen's kappa, by scikit-learn.

    python tests/golden/kappa/make_golden.py > tests/golden/kappa/golden.json

Cases: chance, strong and perfect agreement, opposite words, one word never said by one of both, one word alone (not
defined), one thing, and what two readers of the contract's test decide.
"""

import json
import sys
import warnings

import numpy as np
import sklearn
from sklearn.metrics import cohen_kappa_score

WORDS = np.array(["confirmed", "rejected", "unsure"])


def case(name, first, second):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        kappa = float(cohen_kappa_score(first, second)) if len(first) > 0 else float("nan")
    return {
        "name": name,
        "first": [str(word) for word in first],
        "second": [str(word) for word in second],
        "kappa": None if np.isnan(kappa) else kappa,
    }


def mixed(random, size, share):
    first = random.choice(WORDS, size, p=[0.6, 0.3, 0.1])
    other = random.choice(WORDS, size, p=[0.5, 0.3, 0.2])
    return first, np.where(random.random(size) < share, first, other)


random = np.random.default_rng(1960)
c, r, u = WORDS
json.dump(
    {
        "command": "python tests/golden/kappa/make_golden.py > tests/golden/kappa/golden.json",
        "scikitLearn": sklearn.__version__,
        "cases": [
            case("by chance", *mixed(random, 200, 0)),
            case("strong", *mixed(random, 500, 0.85)),
            case("perfect", *mixed(random, 50, 1)),
            case("opposite", [c, r] * 10, [r, c] * 10),
            case("a word of one alone", [c, c, r, r, c], [c, u, r, c, c]),
            case("one word for all", [c] * 8, [c] * 8),
            case("two readers of the contract", [c, c, r, c], [c, r, r, u]),
        ],
    },
    sys.stdout,
    indent=1,
)
