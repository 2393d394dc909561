"""Where the logarithm ends: the stock of text, its repetition, and curves that do not go on.

Data is the one resource of the three with a known stock.
Here stand how many tokens a compute-optimal run wants, at which compute that exceeds all human
text, how far reading the text again stretches it, and what a decade of compute then still buys;
what more data bought at a fixed model size; and three ways in which a smooth law can mislead:
abilities that seem to appear at once, tasks on which larger models do worse, and curves that break.

Years play no part: a stock runs out at an amount of compute, whenever somebody spends it.

Methods and where they come from.

*Compute-optimal tokens*: C = 6 N D and the law of Hoffmann et al. (2022), see
:mod:`three_observations.scaling_law`; 20 tokens per parameter is the rule of thumb drawn from it;
D = A C^alpha is the law of the Llama 3 report (arXiv:2407.21783, section 3.2.1).
*Stock of text*: Villalobos et al. (2024, arXiv:2211.04325v2).
*Repetition*: D' = U + U R* (1 - exp(-R / R*)) for U tokens read R more times, Muennighoff et al.
(2023, arXiv:2305.16264, section 3.1). Their law has a like term for parameters beyond the best
size, which is left out here; that flatters what repetition can do.
*Sharp measures*: an answer of n tokens is right if each token is, p^n, Schaeffer et al. (2023,
arXiv:2304.15004).
*Broken laws*: Caballero et al. (2022, arXiv:2210.14891) join straight pieces on the scale of
logarithms; here one break at a stated place.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from three_observations import data, inference_scaling
from three_observations.estimation import least_squares, percentile_interval
from three_observations.scaling_law import FLOP_PER_PARAMETER_AND_TOKEN, Law

TRILLION = 1e12
#: The rule of thumb from Hoffmann et al.
TOKENS_PER_PARAMETER = 20.0
#: D = A C^alpha as the Llama 3 report prints it, and the budget for which it prints the tokens.
LLAMA_3_EXPONENT = 0.53
LLAMA_3_FACTOR = 0.29
LLAMA_3_FLOP = 3.8e25
#: Budgets for which the need is shown, in FLOP.
BUDGETS = (1e27, 1e28, 1e29)

REFIT, PRINTED, RULE = "refit of Besiroglu et al.", "Hoffmann et al., unrounded", "20 per parameter"
LLAMA_PRINTED, LLAMA_ANCHORED = "Llama 3, constants as printed", "Llama 3, through its own figure"


def _row(published: pd.DataFrame | None, result: str) -> pd.Series:
    """Return the row of one published result."""
    table = data.table(published, "published").set_index("result")
    if result not in table.index:
        raise KeyError(f"no result {result!r} in the table published")
    return table.loc[result]


def _value(published: pd.DataFrame | None, result: str) -> float:
    return float(_row(published, result)["value"])


# ---------------------------------------------------------------------------------------------
# how many tokens a budget wants


@dataclass(frozen=True)
class TokenLaw:
    """The best number of training tokens as a power of compute, D = factor C^exponent.

    Attributes
    ----------
    name : str
    factor : float
        Tokens at one FLOP, extrapolated.
    exponent : float
        Decades of tokens for each decade of compute.
    """

    name: str
    factor: float
    exponent: float

    def tokens(self, compute: float | np.ndarray) -> float | np.ndarray:
        """Return the tokens for a budget in FLOP."""
        return self.factor * np.asarray(compute, dtype=float) ** self.exponent

    def compute(self, tokens: float | np.ndarray) -> float | np.ndarray:
        """Return the budget in FLOP whose best run reads so many tokens."""
        return (np.asarray(tokens, dtype=float) / self.factor) ** (1 / self.exponent)

    @classmethod
    def of(cls, name: str, law: Law) -> TokenLaw:
        """Make it from the law of Hoffmann et al.: (C / 6)^b / G."""
        exponent = float(law.token_exponent)
        return cls(name, float(FLOP_PER_PARAMETER_AND_TOKEN**-exponent / law.balance), exponent)

    @classmethod
    def at_ratio(cls, name: str, tokens_per_parameter: float) -> TokenLaw:
        """Make it from a fixed number of tokens per parameter: (r C / 6)^(1/2)."""
        if not tokens_per_parameter > 0:
            raise ValueError("tokens per parameter must be above zero")
        return cls(name, math.sqrt(tokens_per_parameter / FLOP_PER_PARAMETER_AND_TOKEN), 0.5)


def refit_law(published: pd.DataFrame | None = None) -> Law:
    """Return the law with the constants that Besiroglu et al. print."""
    names = {"E": "e", "A": "a", "B": "b", "alpha": "alpha", "beta": "beta"}
    return Law(**{field: _value(published, f"besiroglu-{key}") for field, key in names.items()})


def token_laws(
    published: pd.DataFrame | None = None, tokens_per_parameter: float = TOKENS_PER_PARAMETER
) -> list[TokenLaw]:
    """Return the stated laws for the best number of tokens.

    Parameters
    ----------
    published : pandas.DataFrame, optional
    tokens_per_parameter : float
        Of the rule of thumb.

    Returns
    -------
    list of TokenLaw
        The refit of Besiroglu et al., the law of Hoffmann et al. before rounding, the rule of
        thumb, and the Llama 3 report's law twice: with its printed constants, and with its printed
        exponent through the tokens that it prints.
    """
    exact = Law(
        E=math.exp(_value(published, "hoffmann-exact-ln-e")),
        A=math.exp(_value(published, "hoffmann-exact-ln-a")),
        B=math.exp(_value(published, "hoffmann-exact-ln-b")),
        alpha=_value(published, "hoffmann-exact-alpha"),
        beta=_value(published, "hoffmann-exact-beta"),
    )
    own = _value(published, "llama-3-tokens") * TRILLION
    rule = (
        RULE
        if tokens_per_parameter == TOKENS_PER_PARAMETER
        else (f"{tokens_per_parameter:g} per parameter")
    )
    return [
        TokenLaw.of(REFIT, refit_law(published)),
        TokenLaw.of(PRINTED, exact),
        TokenLaw.at_ratio(rule, tokens_per_parameter),
        TokenLaw(LLAMA_PRINTED, LLAMA_3_FACTOR, LLAMA_3_EXPONENT),
        TokenLaw(LLAMA_ANCHORED, own / LLAMA_3_FLOP**LLAMA_3_EXPONENT, LLAMA_3_EXPONENT),
    ]


@dataclass(frozen=True)
class Llama3:
    """What the printed constants of the Llama 3 report give, beside the tokens it prints.

    Attributes
    ----------
    printed : float
        Tokens that the report names for its budget.
    recomputed : float
        Tokens from the two printed constants.
    ratio : float
        ``recomputed`` over ``printed``.
    lowest, highest : float
        Least and most tokens that any constants give which round to the printed ones.
    explained : bool
        Whether ``printed`` lies between them.
    exponent_needed : float
        Exponent that gives the printed tokens with the printed factor.
    factor_needed : float
        Factor that does so with the printed exponent.
    """

    printed: float
    recomputed: float
    ratio: float
    lowest: float
    highest: float
    explained: bool
    exponent_needed: float
    factor_needed: float


def llama_3_check(published: pd.DataFrame | None = None) -> Llama3:
    """Recompute the Llama 3 report's tokens from its printed pair of constants.

    Both constants are taken as rounded to two decimals.
    """
    printed = _value(published, "llama-3-tokens") * TRILLION
    law = TokenLaw(LLAMA_PRINTED, LLAMA_3_FACTOR, LLAMA_3_EXPONENT)
    corners = [
        float(TokenLaw("", LLAMA_3_FACTOR + f, LLAMA_3_EXPONENT + e).tokens(LLAMA_3_FLOP))
        for f in (-0.005, 0.005)
        for e in (-0.005, 0.005)
    ]
    recomputed = float(law.tokens(LLAMA_3_FLOP))
    return Llama3(
        printed,
        recomputed,
        recomputed / printed,
        min(corners),
        max(corners),
        min(corners) <= printed <= max(corners),
        math.log(printed / LLAMA_3_FACTOR) / math.log(LLAMA_3_FLOP),
        printed / LLAMA_3_FLOP**LLAMA_3_EXPONENT,
    )


def tokens_needed(
    budgets: Sequence[float] = BUDGETS,
    published: pd.DataFrame | None = None,
    laws: Law | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Set the tokens that compute-optimal runs want beside the stock of text.

    Parameters
    ----------
    budgets : sequence of float
        Training compute in FLOP.
    published : pandas.DataFrame, optional
    laws : Law, optional
        Resampled laws (fields of shape (resamples, 1), as ``scaling_law.bootstrap().laws``); they
        give the refit its interval.
    confidence : float
        Of that interval.

    Returns
    -------
    pandas.DataFrame
        One row a law and budget: ``law``, ``training_flop``, ``tokens``, ``low``, ``high`` (NaN
        where a law has no interval), ``parameters`` (of the model that reads them),
        ``tokens_per_parameter``, ``share_of_stock`` (best estimate), ``share_of_lowest`` and
        ``share_of_highest`` (ends of the stock's interval).

    Raises
    ------
    ValueError
        If a budget is not above zero.
    """
    budgets = np.asarray(budgets, dtype=float)
    if np.any(budgets <= 0):
        raise ValueError("a budget of compute must be above zero FLOP")
    stock = _row(published, "villalobos-stock")
    rows = []
    for law in token_laws(published):
        wanted = law.tokens(budgets)
        low, high = np.full(len(budgets), np.nan), np.full(len(budgets), np.nan)
        if law.name == REFIT and laws is not None:
            low, high, _ = percentile_interval(laws.optimal(budgets)[1].T, confidence)
        for number, compute in enumerate(budgets):
            parameters = compute / FLOP_PER_PARAMETER_AND_TOKEN / wanted[number]
            rows.append(
                {
                    "law": law.name,
                    "training_flop": compute,
                    "tokens": wanted[number],
                    "low": low[number],
                    "high": high[number],
                    "parameters": parameters,
                    "tokens_per_parameter": wanted[number] / parameters,
                    "share_of_stock": wanted[number] / (stock["value"] * TRILLION),
                    "share_of_lowest": wanted[number] / (stock["low"] * TRILLION),
                    "share_of_highest": wanted[number] / (stock["high"] * TRILLION),
                }
            )
    return pd.DataFrame(rows)


def stock_draws(
    resamples: int, published: pd.DataFrame | None = None, seed: int = 20240606
) -> np.ndarray:
    """Draw the stock of text from its published estimate and 90% interval, in tokens.

    The logarithm is normal on either side of the estimate, with the two widths that put 5% below
    and 5% above the interval.

    Parameters
    ----------
    resamples : int
    published : pandas.DataFrame, optional
    seed : int

    Returns
    -------
    numpy.ndarray, shape (resamples,)
    """
    row = _row(published, "villalobos-stock")
    at_five_per_cent = 1.6448536269514722
    z = np.random.default_rng(seed).standard_normal(resamples)
    below = math.log(row["value"] / row["low"]) / at_five_per_cent
    above = math.log(row["high"] / row["value"]) / at_five_per_cent
    return row["value"] * TRILLION * np.exp(z * np.where(z < 0, below, above))


def runs_out(
    published: pd.DataFrame | None = None,
    laws: Law | None = None,
    tokens_per_parameter: float = TOKENS_PER_PARAMETER,
    multiple: float = 1.0,
    seed: int = 20240606,
) -> pd.DataFrame:
    """Find the compute at which a compute-optimal run wants all the text there is.

    Parameters
    ----------
    published : pandas.DataFrame, optional
    laws : Law, optional
        Resampled laws, as in :func:`tokens_needed`; 500 suffice for a page. They are paired with
        as many draws of the stock.
    tokens_per_parameter : float
        Of the rule of thumb; a model made small to be cheap to run reads more than 20.
    multiple : float
        Times that the stock may be read as if it were new, see :func:`repetition`.
    seed : int
        Of the draws of the stock.

    Returns
    -------
    pandas.DataFrame
        One row a law: ``law``, ``at_lowest``, ``at_best``, ``at_highest`` (FLOP for the low end,
        the best estimate and the high end of the stock), ``low``, ``high`` (90% interval over the
        stock and, for the refit, over the law; without ``laws`` over the stock alone),
        ``decades_beyond_llama_3`` (of ``at_best``).

    Raises
    ------
    ValueError
        If ``multiple`` is below 1.
    """
    if multiple < 1:
        raise ValueError("a stock is read at least once: give multiple=1 or more")
    stock = _row(published, "villalobos-stock")
    resamples = 4000 if laws is None else len(np.atleast_2d(laws.alpha))
    drawn = multiple * stock_draws(resamples, published, seed)
    rows = []
    for law in token_laws(published, tokens_per_parameter):
        if law.name == REFIT and laws is not None:
            exponent, balance = np.ravel(laws.token_exponent), np.ravel(laws.balance)
            flop = FLOP_PER_PARAMETER_AND_TOKEN * (drawn * balance) ** (1 / exponent)
        else:
            flop = law.compute(drawn)
        low, high, _ = percentile_interval(np.log10(flop)[None, :], 0.9)
        ends = law.compute(
            multiple * TRILLION * np.array([stock["low"], stock["value"], stock["high"]], float)
        )
        rows.append(
            {
                "law": law.name,
                "at_lowest": ends[0],
                "at_best": ends[1],
                "at_highest": ends[2],
                "low": 10 ** float(low[0]),
                "high": 10 ** float(high[0]),
                "decades_beyond_llama_3": math.log10(ends[1] / LLAMA_3_FLOP),
            }
        )
    return pd.DataFrame(rows)


# ---------------------------------------------------------------------------------------------
# reading the same text again


def effective_tokens(
    unique: float | np.ndarray, passes: float | np.ndarray, decay: float
) -> float | np.ndarray:
    """Return how many fresh tokens some passes over the same text are worth.

    D' = U + U R* (1 - exp(-R / R*)) with R = passes - 1; for up to one pass it is U times the
    pass.

    Parameters
    ----------
    unique : float or numpy.ndarray
        U, the tokens there are.
    passes : float or numpy.ndarray
        Above 0; may be infinite, which gives U (1 + R*).
    decay : float
        R*, above 0: after so many repetitions another pass is worth 1/e of the first.

    Returns
    -------
    float or numpy.ndarray
        Tokens.

    Raises
    ------
    ValueError
        If the passes or the decay are not above zero.
    """
    passes = np.asarray(passes, dtype=float)
    if np.any(~(passes > 0)) or not decay > 0:
        raise ValueError("passes and the decay constant must be above zero")
    again = np.maximum(passes - 1, 0)
    worth = np.minimum(passes, 1) - decay * np.expm1(-again / decay)
    result = unique * worth
    return float(result) if np.ndim(result) == 0 else result


def repetition(
    passes: Sequence[float] = (1, 2, 4, 8, 16, 40, math.inf),
    published: pd.DataFrame | None = None,
    decay: float | None = None,
) -> pd.DataFrame:
    """Say how far reading the text again stretches the stock, in decades of compute.

    Parameters
    ----------
    passes : sequence of float
        Times that the text is read; may be infinite.
    published : pandas.DataFrame, optional
    decay : float, optional
        R*; by default the published constant.

    Returns
    -------
    pandas.DataFrame
        One row a number of passes: ``passes``, ``effective_multiple`` (fresh tokens that they are
        worth, in stocks), ``worth_of_a_token`` (that over the passes), ``worth_of_the_last`` (of
        a token read at the last pass), ``decades`` (by how many decades of compute a stock so
        multiplied lasts longer, by the refit's exponent), ``decades_at_fixed_ratio`` (by the rule
        of thumb, twice the logarithm).
    """
    decay = _value(published, "muennighoff-decay") if decay is None else decay
    passes = np.asarray(passes, dtype=float)
    multiple = np.asarray(effective_tokens(1.0, passes, decay))
    exponent = float(refit_law(published).token_exponent)
    return pd.DataFrame(
        {
            "passes": passes,
            "effective_multiple": multiple,
            "worth_of_a_token": multiple / passes,
            "worth_of_the_last": np.exp(-np.maximum(passes - 1, 0) / decay),
            "decades": np.log10(multiple) / exponent,
            "decades_at_fixed_ratio": 2 * np.log10(multiple),
        }
    )


def limited_optimum(
    compute: np.ndarray, unique: float, law: Law, decay: float
) -> tuple[np.ndarray, np.ndarray]:
    """Find the lowest loss of each budget if only so many different tokens exist.

    The law's loss at N parameters and D' effective tokens is made as small as it gets along
    C = 6 N D, where D counts every pass. By zooming in on the best point of a grid of log D.

    Parameters
    ----------
    compute : numpy.ndarray, shape (m,)
        FLOP.
    unique : float
        Different tokens; may be infinite.
    law : Law
    decay : float
        R* of :func:`effective_tokens`.

    Returns
    -------
    loss : numpy.ndarray, shape (m,)
        Nats per token.
    passes : numpy.ndarray, shape (m,)
        Tokens processed over the different ones; 0 if those are endless.

    Raises
    ------
    ValueError
        If a budget or the number of tokens is not above zero.
    """
    compute = np.asarray(compute, dtype=float)
    if np.any(compute <= 0) or not unique > 0:
        raise ValueError("compute and the number of different tokens must be above zero")
    if math.isinf(unique):
        return np.asarray(law.frontier(compute)), np.zeros(len(compute))
    wanted = np.log(np.asarray(law.optimal(compute)[1]))
    centre, reach = wanted.copy(), 12.0
    rows = np.arange(len(compute))
    for _ in range(12):
        grid = centre[:, None] + np.linspace(-reach, reach, 81)
        tokens = np.exp(grid)
        parameters = compute[:, None] / FLOP_PER_PARAMETER_AND_TOKEN / tokens
        worth = np.asarray(effective_tokens(unique, tokens / unique, decay))
        loss = np.asarray(law.loss(parameters, worth))
        best = loss.argmin(axis=1)
        centre, reach = grid[rows, best], reach / 20
    return loss[rows, best], np.exp(centre) / unique


def next_decades(
    budgets: Sequence[float] = (1e25, 1e26, 1e27, 1e28, 1e29, 1e30, 1e31),
    published: pd.DataFrame | None = None,
    law: Law | None = None,
    decay: float | None = None,
) -> pd.DataFrame:
    """Say what the next decade of compute buys if text is finite, beside what the law promises.

    Parameters
    ----------
    budgets : sequence of float
        FLOP, from which a decade is spent.
    published : pandas.DataFrame, optional
    law : Law, optional
        One law; by default the refit of Besiroglu et al.
    decay : float, optional
        R*; by default the published constant. A tiny one makes repeated text worthless.

    Returns
    -------
    pandas.DataFrame
        One row a stock ("endless", "low", "best", "high") and budget: ``stock``, ``tokens`` (in
        it), ``training_flop``, ``loss``, ``passes`` (over the stock, by the best run), ``gain``
        (nats per token that ten times the budget buys), ``share_of_endless`` (of the gain with
        endless text).
    """
    law = refit_law(published) if law is None else law
    decay = _value(published, "muennighoff-decay") if decay is None else decay
    row = _row(published, "villalobos-stock")
    stocks = {
        "endless": math.inf,
        "low": row["low"] * TRILLION,
        "best": row["value"] * TRILLION,
        "high": row["high"] * TRILLION,
    }
    budgets = np.asarray(budgets, dtype=float)
    both = np.concatenate([budgets, 10 * budgets])
    parts = []
    for name, tokens in stocks.items():
        loss, passes = limited_optimum(both, float(tokens), law, decay)
        parts.append(
            pd.DataFrame(
                {
                    "stock": name,
                    "tokens": float(tokens),
                    "training_flop": budgets,
                    "loss": loss[: len(budgets)],
                    "passes": passes[: len(budgets)],
                    "gain": loss[: len(budgets)] - loss[len(budgets) :],
                }
            )
        )
    table = pd.concat(parts, ignore_index=True)
    endless = np.tile(parts[0]["gain"].to_numpy(), len(parts))
    return table.assign(share_of_endless=table["gain"] / endless)


def left_in_data(
    published: pd.DataFrame | None = None,
    laws: Law | None = None,
    decay: float | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Say how much loss text beyond the stock could still remove, however large the model.

    That is the law's term B / D^beta at the stock; what the law takes from size is separate from
    it.

    Parameters
    ----------
    published : pandas.DataFrame, optional
    laws : Law, optional
        Resampled laws for the interval, as in :func:`tokens_needed`.
    decay : float, optional
        R*; by default the published constant.
    confidence : float

    Returns
    -------
    pandas.DataFrame
        One row a stock ("low", "best", "high"): ``stock``, ``tokens``, ``read_once`` (nats per
        token), ``low``, ``high`` (of it; NaN without ``laws``), ``read_for_ever`` (the same at the
        most that repetition is worth), ``share_of_reducible`` (``read_once`` over the reducible
        loss of the compute-optimal run that reads the stock once).
    """
    law = refit_law(published)
    decay = _value(published, "muennighoff-decay") if decay is None else decay
    row = _row(published, "villalobos-stock")
    token_law = TokenLaw.of(REFIT, law)
    rows = []
    for name, column in (("low", "low"), ("best", "value"), ("high", "high")):
        tokens = float(row[column]) * TRILLION
        once = law.B / tokens**law.beta
        low = high = np.nan
        if laws is not None:
            drawn = np.ravel(laws.B / tokens**laws.beta)
            low, high = (
                float(end[0]) for end in percentile_interval(drawn[None, :], confidence)[:2]
            )
        rows.append(
            {
                "stock": name,
                "tokens": tokens,
                "read_once": once,
                "low": low,
                "high": high,
                "read_for_ever": law.B / effective_tokens(tokens, math.inf, decay) ** law.beta,
                "share_of_reducible": once / float(law.reducible(token_law.compute(tokens))),
            }
        )
    return pd.DataFrame(rows)


# ---------------------------------------------------------------------------------------------
# what more data bought


def data_sweeps(
    gadre_models: pd.DataFrame | None = None,
    olmo_runs: pd.DataFrame | None = None,
    smallest: int = 3,
) -> pd.DataFrame:
    """Gather every model size that was trained on three or more amounts of the same data.

    Parameters
    ----------
    gadre_models, olmo_runs : pandas.DataFrame, optional
    smallest : int
        Amounts that a sweep needs.

    Returns
    -------
    pandas.DataFrame
        The columns that :func:`three_observations.inference_scaling.sweep_slopes` reads, so that
        the same statistics serve all resources: ``sweep``, ``benchmark`` (the corpus, or "OLMo
        ladder"), ``model`` (the size), ``amount`` (tokens), ``decade``, ``score_pct`` (minus the
        loss on C4, so that more is better; nats per token, not percent), ``standard_error_pct``
        and ``questions`` (NaN: no error of a run is published), ``loss_c4``, ``source``.

    Raises
    ------
    ValueError
        If no sweep is left.
    """
    gadre = data.table(gadre_models, "gadre_models")
    olmo = data.table(olmo_runs, "olmo_runs")
    ladder = olmo[olmo["role"] == "ladder"]
    runs = pd.concat(
        [
            pd.DataFrame(
                {
                    "benchmark": gadre["corpus"],
                    "parameters": gadre["parameters"],
                    "amount": gadre["tokens"],
                    "loss_c4": gadre["loss_c4"],
                    "source": gadre["source"],
                }
            ),
            pd.DataFrame(
                {
                    "benchmark": "OLMo ladder",
                    "parameters": ladder["parameters"],
                    "amount": ladder["tokens"],
                    "loss_c4": ladder["loss_c4"],
                    "source": ladder["source"],
                }
            ),
        ],
        ignore_index=True,
    )
    runs["model"] = [f"{parameters / 1e6:.0f}M" for parameters in runs["parameters"]]
    several = runs.groupby(["benchmark", "model"])["amount"].transform("nunique") >= smallest
    runs = runs[several]
    if runs.empty:
        raise ValueError(f"no model size was trained on {smallest} or more amounts of data")
    runs = runs.sort_values(["benchmark", "parameters", "amount"], kind="stable")
    return runs.assign(
        sweep=runs["model"] + ", " + runs["benchmark"],
        decade=np.log10(runs["amount"].to_numpy(dtype=float)),
        score_pct=-runs["loss_c4"],
        standard_error_pct=np.nan,
        questions=np.nan,
    ).reset_index(drop=True)[
        [
            "sweep",
            "benchmark",
            "model",
            "amount",
            "decade",
            "score_pct",
            "standard_error_pct",
            "questions",
            "loss_c4",
            "source",
        ]
    ]


def data_summary(
    table: pd.DataFrame | None = None, resamples: int = 500, seed: int = 20250209
) -> pd.DataFrame:
    """Put together what the rules need to know about data, at a fixed model size.

    Parameters
    ----------
    table : pandas.DataFrame, optional
        As :func:`data_sweeps` returns it.
    resamples, seed : int
        As in :func:`three_observations.inference_scaling.second_step`.

    Returns
    -------
    pandas.DataFrame
        As :func:`three_observations.inference_scaling.inference_summary`, one row a corpus and one
        for all; gains are nats per token, errors are clustered by model size.
    """
    table = data_sweeps() if table is None else table
    return inference_scaling.summarise(table, "data", "nats per token", resamples, seed)


def resource_summary(
    sweeps: pd.DataFrame | None = None,
    data_runs: pd.DataFrame | None = None,
    resamples: int = 500,
    seed: int = 20250209,
) -> pd.DataFrame:
    """Set inference compute and data side by side, one row each.

    Parameters
    ----------
    sweeps : pandas.DataFrame, optional
        As :func:`three_observations.inference_scaling.sweeps` returns it.
    data_runs : pandas.DataFrame, optional
        As :func:`data_sweeps` returns it.
    resamples, seed : int
        As in :func:`data_summary`.

    Returns
    -------
    pandas.DataFrame
        The rows "all" of the two summaries.
    """
    both = pd.concat(
        [
            inference_scaling.inference_summary(sweeps, resamples, seed),
            data_summary(data_runs, resamples, seed),
        ],
        ignore_index=True,
    )
    return both.groupby("resource", sort=False).tail(1).reset_index(drop=True)


#: Forms of loss against data for :func:`data_forms`.
DATA_FORMS = ("line in the logarithm", "power law", "power law with a floor")


def _floor_fit(x: np.ndarray, y: np.ndarray, at: float) -> float:
    """Predict from y = e + b 10^(-c x), by least squares over a grid of c that is zoomed in.

    Where no c has a floor e at or above zero (a loss below zero means nothing), the best line in
    the logarithms, which has the floor zero, takes its place.
    """
    low, high, value = 0.01, 2.0, math.nan
    for _ in range(5):
        grid = np.linspace(low, high, 201)
        basis = 10 ** (-grid[:, None] * (x - x.mean()))
        centred = basis - basis.mean(axis=1, keepdims=True)
        slope = (centred @ y) / (centred**2).sum(axis=1)
        floor = y.mean() - slope * basis.mean(axis=1)
        wrong = ((y - floor[:, None] - slope[:, None] * basis) ** 2).sum(axis=1)
        allowed = (floor >= 0) & (slope > 0)
        if not allowed.any():
            break
        best = int(np.where(allowed, wrong, np.inf).argmin())
        value = floor[best] + slope[best] * 10 ** (-grid[best] * (at - x.mean()))
        width = (high - low) / 40
        low, high = max(0.001, grid[best] - width), grid[best] + width
    if math.isnan(value):
        step, offset = np.polyfit(x - x.mean(), np.log(y), 1)
        value = math.exp(offset + step * (at - x.mean()))
    return float(value)


def data_forms(table: pd.DataFrame | None = None, ahead: int = 1) -> pd.DataFrame:
    """Predict the loss at the most data from the smaller amounts, by three forms.

    Parameters
    ----------
    table : pandas.DataFrame, optional
        As :func:`data_sweeps` returns it.
    ahead : int
        Points at the upper end that the fit does not see; the last of them is predicted.

    Returns
    -------
    pandas.DataFrame
        One row a sweep with at least three points left and a form: ``sweep``, ``benchmark``,
        ``model``, ``form``, ``points`` (fitted), ``decades_ahead``, ``actual``, ``predicted``
        (nats per token), ``miss`` (predicted less actual: below zero it promised too much),
        ``miss_share`` (of the change from the last fitted point).

    Raises
    ------
    ValueError
        If ``ahead`` is below 1 or no sweep has enough points.
    """
    if ahead < 1:
        raise ValueError("at least one point must be held out: give ahead=1 or more")
    table = data_sweeps() if table is None else table
    rows = []
    for name, part in table.groupby("sweep", sort=False):
        if len(part) < 3 + ahead:
            continue
        x, y = part["decade"].to_numpy(), part["loss_c4"].to_numpy()
        seen, loss = x[:-ahead], y[:-ahead]
        logs = np.log(loss)
        centred = seen - seen.mean()
        spread = (centred**2).sum()
        step = x[-1] - seen.mean()
        predicted = {
            DATA_FORMS[0]: loss.mean() + (centred @ loss) / spread * step,
            DATA_FORMS[1]: math.exp(logs.mean() + (centred @ logs) / spread * step),
            DATA_FORMS[2]: _floor_fit(seen, loss, x[-1]),
        }
        for form, value in predicted.items():
            rows.append(
                {
                    "sweep": name,
                    "benchmark": part["benchmark"].iloc[0],
                    "model": part["model"].iloc[0],
                    "form": form,
                    "points": len(seen),
                    "decades_ahead": x[-1] - seen[-1],
                    "actual": y[-1],
                    "predicted": value,
                    "miss": value - y[-1],
                    "miss_share": (value - y[-1]) / abs(y[-1] - loss[-1]),
                }
            )
    if not rows:
        raise ValueError(f"no sweep has {3 + ahead} amounts of data")
    return pd.DataFrame(rows)


# ---------------------------------------------------------------------------------------------
# emergence, inverse scaling, broken laws


def exact_match(token_accuracy: float | np.ndarray, tokens: float | np.ndarray) -> np.ndarray:
    """Return the chance that an answer of n tokens is right, p^n, if each is right with p.

    Parameters
    ----------
    token_accuracy : float or numpy.ndarray
        p, from 0 to 1.
    tokens : float or numpy.ndarray
        n, above 0.

    Raises
    ------
    ValueError
        If p or n is out of range.
    """
    accuracy, number = np.asarray(token_accuracy, float), np.asarray(tokens, float)
    if np.any((accuracy < 0) | (accuracy > 1)) or np.any(number <= 0):
        raise ValueError("the accuracy of a token lies in 0 to 1 and an answer has tokens")
    return accuracy**number


def sharp_measure(
    tokens: Sequence[int] = (1, 5, 20, 100),
    decades: float = 5.0,
    first_loss: float = 0.5,
    rate: float = 0.4,
    points: int = 101,
) -> pd.DataFrame:
    """Show one smooth improvement through measures of different sharpness.

    The loss of a token falls as a power of compute, first_loss 10^(-rate x) after x decades; a
    token is right with p = exp(-loss), an answer of n tokens with p^n.

    Parameters
    ----------
    tokens : sequence of int
        Lengths of the answer.
    decades : float
        Range of compute shown.
    first_loss : float
        Nats per token at its lower end.
    rate : float
        Decades that the loss falls in a decade of compute.
    points : int
        Along the range, at least 2.

    Returns
    -------
    pandas.DataFrame
        One row a length and amount: ``tokens``, ``decades`` (of compute above the lower end),
        ``loss`` (nats per token), ``token_accuracy_pct``, ``exact_match_pct``.
    """
    x = np.linspace(0, decades, points)
    loss = first_loss * 10 ** (-rate * x)
    parts = [
        pd.DataFrame(
            {
                "tokens": n,
                "decades": x,
                "loss": loss,
                "token_accuracy_pct": 100 * np.exp(-loss),
                "exact_match_pct": 100 * exact_match(np.exp(-loss), n),
            }
        )
        for n in tokens
    ]
    return pd.concat(parts, ignore_index=True)


def sharpness(table: pd.DataFrame | None = None) -> pd.DataFrame:
    """Measure how sudden each curve of :func:`sharp_measure` looks.

    Parameters
    ----------
    table : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        One row a length: ``tokens``, ``first_pct``, ``last_pct``, ``quiet_decades`` (from the
        start until the score has gained a point), ``half_at`` (decades from the start to 50
        percent), ``first_decade_pct`` (gain of the first decade, in points) and
        ``steepest_decade_pct`` (the largest gain in one decade). NaN where a curve does not get so
        far.

    Notes
    -----
    If the loss falls as a power of compute, the curve of n tokens is the curve of one token moved
    by log10(n) / rate decades: a longer answer is quiet for longer, but does not rise faster per
    decade. What looks like a jump is the quiet stretch before it.
    """
    table = sharp_measure() if table is None else table
    rows = []
    for n, part in table.groupby("tokens", sort=True):
        x, y = part["decades"].to_numpy(), part["exact_match_pct"].to_numpy()
        early = x <= x[-1] - 1 + 1e-9
        gain = np.interp(x[early] + 1, x, y) - y[early]
        moved = np.flatnonzero(y - y[0] >= 1)
        rows.append(
            {
                "tokens": n,
                "first_pct": y[0],
                "last_pct": y[-1],
                "quiet_decades": float(x[moved[0]]) if len(moved) else np.nan,
                "half_at": float(np.interp(50, y, x)) if y[0] <= 50 <= y[-1] else np.nan,
                "first_decade_pct": gain[0],
                "steepest_decade_pct": gain.max(),
            }
        )
    return pd.DataFrame(rows)


def smooth_and_sharp_steps(
    olmo_runs: pd.DataFrame | None = None, olmo_scores: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Count how often one step up improves a smooth and a sharp measure of the same models.

    The models of the OLMo ladder stand on a grid of sizes and data; a step goes to the next size at
    the same data per parameter, or to the next amount of data at the same size.

    Parameters
    ----------
    olmo_runs, olmo_scores : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        One row a task with both measures, and one for all: ``task``, ``steps``,
        ``bits_improve`` and ``accuracy_improves`` (steps), and the two shares ``bits_share``,
        ``accuracy_share``. The bits per byte of the right answer are the smooth measure, the
        accuracy of the choice the sharp one.
    """
    runs = data.table(olmo_runs, "olmo_runs")
    scores = data.table(olmo_scores, "olmo_scores")
    ladder = runs[runs["role"] == "ladder"].copy()
    ladder["multiple"] = ladder["run"].str.rsplit("-", n=1).str[1]
    ladder = ladder.sort_values(["parameters", "tokens"], kind="stable")
    pairs = []
    for keys in (["size"], ["multiple"]):
        for _, part in ladder.groupby(keys, sort=False):
            names = part["run"].tolist()
            pairs += list(zip(names[:-1], names[1:], strict=True))
    wide = scores.pivot_table(index=["task", "run"], columns="measure", values="value")
    rows = []
    for task, part in wide.dropna().groupby("task", sort=True):
        values = part.droplevel("task")
        here = [pair for pair in pairs if set(pair) <= set(values.index)]
        before, after = (values.loc[list(side)] for side in zip(*here, strict=True))
        better = after.to_numpy() - before.to_numpy()
        columns = list(values.columns)
        rows.append(
            {
                "task": task,
                "steps": len(here),
                "bits_improve": int((better[:, columns.index("bits_per_byte")] < 0).sum()),
                "accuracy_improves": int((better[:, columns.index("accuracy_pct")] > 0).sum()),
            }
        )
    table = pd.DataFrame(rows)
    total = {"task": "all", **table.drop(columns="task").sum().to_dict()}
    table = pd.concat([table, pd.DataFrame([total])], ignore_index=True)
    return table.assign(
        bits_share=table["bits_improve"] / table["steps"],
        accuracy_share=table["accuracy_improves"] / table["steps"],
    )


@dataclass(frozen=True)
class Broken:
    """Two slopes of one benchmark, below and above a break in training compute.

    Attributes
    ----------
    below, above : float
        Points per decade.
    below_low, below_high, above_low, above_high : float
        Their 95% intervals, clustered by family.
    difference, low, high : float
        ``above`` less ``below``, and its interval.
    models_below, models_above : int
    """

    below: float
    below_low: float
    below_high: float
    above: float
    above_low: float
    above_high: float
    difference: float
    low: float
    high: float
    models_below: int
    models_above: int


def broken_slope(
    column: str = "mmlu_pct", at: float = 3e22, base_models: pd.DataFrame | None = None
) -> Broken:
    """Fit two joined lines in log compute to one benchmark of the base models.

    Parameters
    ----------
    column : str
        Of the table base_models.
    at : float
        FLOP at which the lines meet: the middle of 1e22 to 1e23, where MMLU leaves chance. It is
        given and not searched for, because a search makes any break look surer than it is.
    base_models : pandas.DataFrame, optional

    Returns
    -------
    Broken

    Raises
    ------
    KeyError
        If the table has no such column.
    ValueError
        If either side has fewer than three models.
    """
    models = data.table(base_models, "base_models")
    if column not in models.columns:
        raise KeyError(f"no column {column!r} in the table base_models")
    used = models[models["training_flop"].notna() & models[column].notna()]
    x = np.log10(used["training_flop"].to_numpy(dtype=float) / at)
    if min((x < 0).sum(), (x >= 0).sum()) < 3:
        raise ValueError(f"fewer than three models on one side of {at:g} FLOP")
    score, family = used[column].to_numpy(dtype=float), used["family"].to_numpy()
    pieces = np.column_stack([np.ones(len(x)), np.minimum(x, 0), np.maximum(x, 0)])
    sides = least_squares(pieces, score, family)
    joined = np.column_stack([np.ones(len(x)), x, np.maximum(x, 0)])
    change = least_squares(joined, score, family)
    return Broken(
        float(sides.coefficients[1]),
        *sides.interval(1),
        float(sides.coefficients[2]),
        *sides.interval(2),
        float(change.coefficients[2]),
        *change.interval(2),
        int((x < 0).sum()),
        int((x >= 0).sum()),
    )


def falling_tasks(
    gadre_models: pd.DataFrame | None = None,
    gadre_scores: pd.DataFrame | None = None,
    gadre_tasks: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Ask of each of Gadre's tasks whether models with more compute do worse at it.

    A task on which no model beats guessing can still drift up or down, for example because larger
    models prefer another letter; such a fall is no ability that was lost.

    Parameters
    ----------
    gadre_models, gadre_scores, gadre_tasks : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        One row a task: ``task``, ``models``, ``slope`` (points per decade of compute), ``low``,
        ``high`` (95%, heteroskedasticity-robust, with a level for each corpus), ``falls`` (the
        interval lies below zero), ``rises`` (above), ``largest_pct`` (mean of the quarter of the
        models with the most compute), ``chance_pct``, ``beats_chance`` (that mean lies more than
        1.96 binomial errors of the task's questions above chance).
    """
    models = data.table(gadre_models, "gadre_models")[["model", "corpus", "training_flop"]]
    scores = data.table(gadre_scores, "gadre_scores")
    tasks = data.table(gadre_tasks, "gadre_tasks").set_index("task")
    joined = scores.merge(models, on="model", validate="many_to_one")
    rows = []
    for task, part in joined.groupby("task", sort=True):
        corpora = pd.get_dummies(part["corpus"]).to_numpy(dtype=float)
        decade = np.log10(part["training_flop"].to_numpy(dtype=float))
        score = part["accuracy_pct"].to_numpy(dtype=float)
        fit = least_squares(np.column_stack([decade, corpora]), score)
        low, high = fit.interval(0)
        quarter = max(1, len(part) // 4)
        largest = score[np.argsort(-decade, kind="stable")[:quarter]].mean()
        chance = float(tasks.loc[task, "chance_pct"])
        spread = math.sqrt(chance * (100 - chance) / float(tasks.loc[task, "questions"]))
        rows.append(
            {
                "task": task,
                "models": len(part),
                "slope": float(fit.coefficients[0]),
                "low": low,
                "high": high,
                "falls": high < 0,
                "rises": low > 0,
                "largest_pct": largest,
                "chance_pct": chance,
                "beats_chance": bool(largest > chance + inference_scaling.NORMAL * spread),
            }
        )
    return pd.DataFrame(rows)


def checked_claims(
    published: pd.DataFrame | None = None,
    base_models: pd.DataFrame | None = None,
    gadre_models: pd.DataFrame | None = None,
    gadre_scores: pd.DataFrame | None = None,
    gadre_tasks: pd.DataFrame | None = None,
    olmo_runs: pd.DataFrame | None = None,
    olmo_scores: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Set numbers of ours beside what others say of emergence, inversion and breaks.

    None of the published figures can be recomputed from the tables of this book; each row says what
    was checked instead.

    Parameters
    ----------
    published, base_models, gadre_models, gadre_scores, gadre_tasks : pandas.DataFrame, optional
    olmo_runs, olmo_scores : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        ``topic``, ``claim``, ``published`` (a number, NaN if the source gives none),
        ``published_unit``, ``source``, ``checked`` (what was computed), ``ours``, ``low``,
        ``high`` (95%, NaN without), ``unit``.
    """
    steps = smooth_and_sharp_steps(olmo_runs, olmo_scores).iloc[-1]
    falling = falling_tasks(gadre_models, gadre_scores, gadre_tasks)
    falls = falling[falling["falls"]]
    truthful = broken_slope("truthfulqa_pct", base_models=base_models)
    mmlu = broken_slope(base_models=base_models)
    emergence = {
        "topic": "emergence",
        "claim": "abilities that seem to appear at once are mostly seen through a sharp measure",
        "published": _value(published, "schaeffer-metrics"),
        "published_unit": "% of claimed abilities",
        "source": _row(published, "schaeffer-metrics")["source"],
        "unit": "% of steps",
    }
    inverse = {
        "topic": "inverse scaling",
        "claim": "there are tasks on which larger models do worse",
        "published": _value(published, "mckenzie-tasks"),
        "published_unit": "data sets",
        "source": _row(published, "mckenzie-tasks")["source"],
        "unit": "tasks",
    }
    broken = {
        "topic": "broken laws",
        "claim": "some curves need joined pieces; a straight one fitted below the break misleads",
        "published": np.nan,
        "published_unit": "",
        "source": "arXiv:2210.14891",
        "unit": "points per decade",
    }
    rows = [
        emergence
        | {
            "checked": f"of {steps['steps']} steps up the OLMo ladder, those that improve the bits "
            "per byte of the right answer (smooth)",
            "ours": 100 * steps["bits_share"],
        },
        emergence
        | {
            "checked": f"of the same {steps['steps']} steps, those that improve the accuracy "
            "(sharp)",
            "ours": 100 * steps["accuracy_share"],
        },
        inverse
        | {
            "checked": f"of {len(falling)} tasks of Gadre et al., those whose score clearly falls "
            "with compute",
            "ours": float(len(falls)),
        },
        inverse
        | {
            "checked": "of those, the ones on which large models beat guessing at all",
            "ours": float(falls["beats_chance"].sum()),
        },
        broken
        | {
            "checked": "TruthfulQA of base models below 3e22 FLOP",
            "ours": truthful.below,
            "low": truthful.below_low,
            "high": truthful.below_high,
        },
        broken
        | {
            "checked": "TruthfulQA of base models above 3e22 FLOP",
            "ours": truthful.above,
            "low": truthful.above_low,
            "high": truthful.above_high,
        },
        broken
        | {
            "checked": "MMLU of base models, slope above 3e22 FLOP less slope below",
            "ours": mmlu.difference,
            "low": mmlu.low,
            "high": mmlu.high,
        },
    ]
    return pd.DataFrame(rows)
