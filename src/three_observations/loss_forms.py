"""Which form a loss takes against training compute, and whether the form predicts.

Three forms are compared, each with its own sense of "linear in the logarithm of compute" C:

===========  =========================  =============================
form         equation                   what is linear in log C
===========  =========================  =============================
``line``     L = a - b log C            the loss
``power``    L = A C**-alpha            the logarithm of the loss
``floored``  L = E + A C**-alpha        the logarithm of L - E, the reducible loss
===========  =========================  =============================

They are one family. A floor E of zero makes the third form the second, and with a falling exponent
and a floor that sinks without end it becomes the first. So the question "which form?" is the
question "which floor?": at zero the next factor of ten cuts the loss by a constant share, below
zero by more than that, above zero by less and less.
The floor is kept at zero or above here, since a cross-entropy cannot be negative.

**How they are fitted.** Given the exponent, the floor and the amplitudes are linear, so they are
projected out (variable projection: Golub and Pereyra, SIAM Journal on Numerical Analysis 10, 1973)
and one number is left to search: a grid over the exponent, then the root of the derivative of the
projected objective. No start value, nothing stochastic, and all resamples in one array.
Three estimators: least squares on the loss, least squares on its logarithm, and the Huber loss of
the residual of the logarithm with a threshold of 0.001, which Hoffmann et al. (arXiv:2203.15556)
and others use. The last two start from the first and go on with damped Newton steps.

**Groups.** Runs of one group (one ratio of tokens to parameters) share the exponent and the floor
with the others and have an amplitude of their own, as in Gadre et al. (arXiv:2403.08540).

**How sure.** Intervals come from resampled residuals: the fitted curve plus residuals drawn with
replacement, widened by sqrt(n / (n - k)) for k fitted numbers, fitted again. A prediction interval
adds one more residual for the run that is predicted. The method takes the form for granted. That
is the point: how often such intervals hold what was then observed says whether one may.

**The frontier of Hoffmann et al.'s runs** is a choice, and three are offered.
``envelope`` takes the lowest loss in each quarter of a decade of compute. ``records`` takes each
run that no cheaper run beats. Both select on the outcome, so they lie low, and lower where more
runs were made; :func:`envelope_bias` says by how much. ``ratio`` takes the runs with 14 to 28
tokens per parameter, whatever their loss: no selection on the outcome, but a rule of thumb.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from three_observations import data
from three_observations.estimation import (
    check_choice,
    least_squares,
    percentile_interval,
    student,
)

FORMS = ("line", "power", "floored")
ESTIMATORS = ("loss", "log loss", "Huber")

#: What is linear in the logarithm of compute under each form.
LINEAR_QUANTITY = {"line": "loss", "power": "log loss", "floored": "log reducible loss"}

#: Where the residual of a log loss stops counting by its square (Hoffmann et al., section D.2).
HUBER_THRESHOLD = 1e-3

#: Exponents of compute that are searched; a fit at either end is flagged.
EXPONENTS = (1e-3, 2.0)

#: Rows that are fitted at once: as many as a processor keeps at hand.
BLOCK_ROWS = 500

#: Cuts: fit on runs with at most so many FLOP, predict the others.
CUTS = tuple(float(f"{10**power:.3g}") for power in np.arange(17.5, 21.6, 0.5))

SAMPLES = (
    "Chinchilla, envelope",
    "Chinchilla, records",
    "Chinchilla, near 20",
    "Gadre, C4",
    "Gadre, RedPajama",
    "Gadre, RefinedWeb",
    "OLMo, ladder",
    "OLMo, with targets",
)

#: The same without the runs on fewer than 20 tokens a parameter, which undertrain their models.
WELL_FED_SAMPLES = (
    "Gadre, C4, from 20",
    "Gadre, RedPajama, from 20",
    "Gadre, RefinedWeb, from 20",
)

#: Of the samples, one for each independent set of runs.
INDEPENDENT_SAMPLES = (
    "Chinchilla, near 20",
    "Gadre, C4",
    "Gadre, RedPajama",
    "Gadre, RefinedWeb",
    "OLMo, ladder",
)

FRONTIERS = ("envelope", "records", "ratio")
BIN_DECADES = 0.25
TOKENS_PER_PARAMETER = (14.0, 28.0)

#: Fewer degrees of freedom, or fewer decades below the cut: not usable.
LEAST_FREEDOM = 2
LEAST_DECADES = 1.0


# ---------------------------------------------------------------------------------------------
# the solver


@dataclass(frozen=True)
class Decay:
    """Fits of y = floor + amplitude * exp(-exponent * x), one a row.

    Attributes
    ----------
    exponent, floor, objective : numpy.ndarray, shape (rows,)
        ``objective`` is the weighted sum of squared residuals.
    amplitude : numpy.ndarray, shape (rows, groups)
        NaN for a group without weight in the row.
    at_bound : numpy.ndarray of bool, shape (rows,)
        Whether the exponent stands at an end of the range that was searched.
    """

    exponent: np.ndarray
    floor: np.ndarray
    amplitude: np.ndarray
    objective: np.ndarray
    at_bound: np.ndarray


def exponential_decay(
    x: np.ndarray,
    y: np.ndarray,
    *,
    weights: np.ndarray | None = None,
    groups: np.ndarray | None = None,
    floor: str | float | np.ndarray = "free",
    exponents: tuple[float, float] = EXPONENTS,
    grid: int = 28,
) -> Decay:
    """Fit decays to a floor by weighted least squares, all rows at once.

    Parameters
    ----------
    x : numpy.ndarray, shape (n,)
        The same for all rows. A power law of C is a decay in x = log C.
    y : numpy.ndarray, shape (rows, n) or (n,)
    weights : numpy.ndarray, shape (rows, n), (n,) or None
        Zero leaves an observation out.
    groups : numpy.ndarray of int, shape (n,), optional
        Which amplitude belongs to each observation.
    floor : {"free", "nonnegative"}, float or numpy.ndarray, shape (rows,)
        A number holds the floor there; an array does so row by row.
    exponents : (float, float)
        The range to search.
    grid : int
        Points of the grid, evenly spaced in the logarithm. The root of the derivative is then
        found between the neighbours of the best point, to rounding.

    Returns
    -------
    Decay
    """
    x = np.asarray(x, dtype=float)
    y = np.atleast_2d(np.asarray(y, dtype=float))
    weights = np.broadcast_to(1.0 if weights is None else np.asarray(weights, float), y.shape)
    groups = np.zeros(len(x), dtype=int) if groups is None else np.asarray(groups)
    member = np.eye(int(groups.max()) + 1)[groups]
    middle = (x.max() + x.min()) / 2
    x = x - middle
    total = weights.sum(axis=1)
    shift = (weights * y).sum(axis=1) / total
    if isinstance(floor, str) and floor not in ("free", "nonnegative"):
        raise ValueError(f"floor {floor!r} is neither 'free' nor 'nonnegative' nor a number")
    centred = y - shift[:, None]
    weighted = weights * centred

    def solve(exponent: np.ndarray) -> tuple[np.ndarray, ...]:
        """Project floor and amplitudes out: (floor - shift, amplitudes, objective, slope)."""
        basis = np.exp(-exponent * x)
        carried = weights * basis
        square = (carried * basis) @ member
        safe = np.where(square > 0, square, 1.0)
        product = (weighted * basis) @ member
        plain = carried @ member
        if isinstance(floor, str):
            above = weighted.sum(axis=1) - (plain * product / safe).sum(axis=1)
            below = total - (plain**2 / safe).sum(axis=1)
            with np.errstate(divide="ignore", invalid="ignore"):
                low = np.where(below > 1e-12 * total, above / below, 0.0)
            if floor == "nonnegative":
                low = np.maximum(low, -shift)
        else:
            low = floor - shift
        amplitude = (product - low[:, None] * plain) / safe
        part = (amplitude @ member.T) * basis
        residual = centred - low[:, None] - part
        objective = (weights * residual**2).sum(axis=1)
        slope = (weights * residual * part * x).sum(axis=1)
        return low, amplitude, objective, slope

    points = np.geomspace(*exponents, grid)
    trials = np.stack([solve(point)[2] for point in points])
    best = np.argmin(trials, axis=0)
    low = points[np.maximum(best - 1, 0)]
    high = points[np.minimum(best + 1, grid - 1)]
    exponent = root_of(lambda value: solve(value[:, None])[3], low, high)
    offset, amplitude, objective, _ = solve(exponent[:, None])
    reach = (exponents[0] * (1 + 1e-6), exponents[1] * (1 - 1e-6))
    used = ((weights > 0).astype(float) @ member) > 0
    amplitude = np.where(used, amplitude * np.exp(exponent * middle)[:, None], np.nan)
    return Decay(
        exponent,
        offset + shift,
        amplitude,
        objective,
        (exponent <= reach[0]) | (exponent >= reach[1]),
    )


def root_of(slope, low: np.ndarray, high: np.ndarray, rounds: int = 80) -> np.ndarray:
    """Return where a slope turns from minus to plus, elementwise; an end where it never does.

    Regula falsi with the step of Anderson and Bjoerck (BIT 13, 1973).
    """
    low, high = low.astype(float), high.astype(float)
    at_low, at_high = slope(low), slope(high)
    settled = np.where(at_low >= 0, low, np.where(at_high <= 0, high, np.nan))
    open_ = np.isnan(settled)
    side = np.zeros(low.shape, dtype=int)
    latest = low
    for _ in range(rounds):
        if not open_.any():
            break
        with np.errstate(divide="ignore", invalid="ignore"):
            middle = (low * at_high - high * at_low) / (at_high - at_low)
        middle = np.where((middle > low) & (middle < high), middle, (low + high) / 2)
        at_middle = slope(middle)
        up = at_middle > 0
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            factor = np.where(up, 1 - at_middle / at_high, 1 - at_middle / at_low)
        factor = np.where((factor > 0) & np.isfinite(factor), factor, 0.5)
        at_low = np.where(up, np.where(side == 1, at_low * factor, at_low), at_middle)
        at_high = np.where(up, at_middle, np.where(side == -1, at_high * factor, at_high))
        low, high = np.where(up, low, middle), np.where(up, middle, high)
        side = np.where(up, 1, -1)
        near = np.abs(middle - latest) <= 1e-13 * high
        done = open_ & (near | (high - low <= 4e-16 * high) | (at_middle == 0))
        settled = np.where(done, middle, settled)
        latest = middle
        open_ &= ~done
    return np.where(np.isnan(settled), latest, settled)


@dataclass(frozen=True)
class Fits:
    """Fits of one form, one a row.

    Attributes
    ----------
    form : str
        One of :data:`FORMS`.
    slope : numpy.ndarray, shape (rows,)
        Change of the loss per unit of log C under the line; minus the exponent otherwise.
    level : numpy.ndarray, shape (rows, groups)
        Intercept of the line, or logarithm of the amplitude, at C = 1 FLOP. NaN for a group
        without runs in the row.
    floor : numpy.ndarray, shape (rows,)
        E; zero under the power law, minus infinity under the line.
    objective : numpy.ndarray, shape (rows,)
        Sum of what the estimator minimises.
    at_bound : numpy.ndarray of bool, shape (rows,)
        Whether the exponent stands at an end of :data:`EXPONENTS`.
    """

    form: str
    slope: np.ndarray
    level: np.ndarray
    floor: np.ndarray
    objective: np.ndarray
    at_bound: np.ndarray

    def predict(
        self, training_flop: np.ndarray | float, groups: np.ndarray | int = 0
    ) -> np.ndarray:
        """Return the loss at given compute, shape (rows, n); NaN for groups without runs."""
        x = np.log(np.atleast_1d(np.asarray(training_flop, dtype=float)))
        chosen = np.broadcast_to(np.asarray(groups), x.shape)
        linear = self.level[:, chosen] + self.slope[:, None] * x
        return linear if self.form == "line" else self.floor[:, None] + np.exp(linear)


def fit_form(
    form: str,
    training_flop: np.ndarray,
    loss: np.ndarray,
    *,
    weights: np.ndarray | None = None,
    groups: np.ndarray | None = None,
    estimator: str = "log loss",
    threshold: float = HUBER_THRESHOLD,
) -> Fits:
    """Fit one form to one or many sets of losses.

    Parameters
    ----------
    form : {"line", "power", "floored"}
    training_flop : numpy.ndarray, shape (n,)
    loss : numpy.ndarray, shape (rows, n) or (n,)
        Nats per token, or bits per byte.
    weights : numpy.ndarray, shape (rows, n), (n,) or None
        Zero leaves a run out.
    groups : numpy.ndarray of int, shape (n,), optional
    estimator : {"loss", "log loss", "Huber"}
        Least squares on the loss, least squares on its logarithm, or the Huber loss of the
        residual of the logarithm.
    threshold : float
        Of the Huber loss.

    Returns
    -------
    Fits

    Raises
    ------
    ValueError
        If the form or the estimator is not known, or a loss or a compute is not above zero.
    """
    check_choice("form", form, FORMS)
    check_choice("estimator", estimator, ESTIMATORS)
    compute = np.asarray(training_flop, dtype=float)
    y = np.atleast_2d(np.asarray(loss, dtype=float))
    if not (compute > 0).all() or not (y > 0).all():
        raise ValueError("compute and losses have logarithms only if they are above zero")
    x = np.log(compute)
    weights = np.broadcast_to(1.0 if weights is None else np.asarray(weights, float), y.shape)
    groups = np.zeros(len(x), dtype=int) if groups is None else np.asarray(groups)
    if len(y) > BLOCK_ROWS:
        options = {"groups": groups, "estimator": estimator, "threshold": threshold}
        blocks = [slice(first, first + BLOCK_ROWS) for first in range(0, len(y), BLOCK_ROWS)]
        made = [fit_form(form, compute, y[b], weights=weights[b], **options) for b in blocks]
        names = ("slope", "level", "floor", "objective", "at_bound")
        return Fits(form, *(np.concatenate([getattr(f, name) for f in made]) for name in names))
    member = np.eye(int(groups.max()) + 1)[groups]
    used = ((weights > 0).astype(float) @ member) > 0
    relative = weights if estimator == "loss" else weights / y**2
    nothing = np.zeros(len(y), dtype=bool)
    if form == "line":
        slope, level = _straight(x, y, relative, member)
        start = (slope, level, np.full(len(y), -np.inf), nothing)
    elif form == "power" and estimator != "loss":
        slope, level = _straight(x, np.log(y), weights, member)
        start = (slope, level, np.zeros(len(y)), nothing)
    else:
        kept = 0.0 if form == "power" else "nonnegative"
        decay = exponential_decay(x, y, weights=relative, groups=groups, floor=kept)
        with np.errstate(divide="ignore", invalid="ignore"):
            level = np.log(np.where(decay.amplitude > 0, decay.amplitude, np.nan))
        start = (-decay.exponent, level, decay.floor, decay.at_bound)
    if estimator == "loss" or (form, estimator) == ("power", "log loss"):
        fitted = Fits(form, *start[:3], np.zeros(len(y)), start[3]).predict(compute, groups)
        with np.errstate(invalid="ignore"):
            residual = y - fitted if estimator == "loss" else np.log(y) - np.log(fitted)
        objective = np.where(weights > 0, weights * residual**2, 0.0).sum(axis=1)
        return _known(Fits(form, *start[:3], objective, start[3]), used)
    bend = np.inf if estimator == "log loss" else threshold
    if form != "floored":
        return _known(_refine(form, x, y, weights, member, start, bend), used)
    options = {"groups": groups, "estimator": estimator, "threshold": threshold}
    power = fit_form("power", compute, y, weights=weights, **options)
    with np.errstate(invalid="ignore"):
        fitted = power.predict(compute, groups)
        pull = np.clip(np.log(y) - np.log(fitted), -bend, bend) / fitted
    upward = np.where(weights > 0, weights * pull, 0.0).sum(axis=1) > 0
    slope, level, floor, at_bound = start
    flat = floor <= 0
    todo = np.flatnonzero(~flat | upward)
    merged = (
        np.where(flat, power.slope, slope)[todo],
        np.where(flat[:, None], power.level, level)[todo],
        np.where(flat, 1e-3 * y.min(axis=1), floor)[todo],
        at_bound[todo],
    )
    found = _refine(form, x, y[todo], weights[todo], member, merged, bend)
    lower = (found.floor > 0) & (found.objective < power.objective[todo])
    rows = todo[lower]
    result = [power.slope.copy(), power.level.copy(), np.zeros(len(y)), power.objective.copy()]
    news = (found.slope, found.level, found.floor, found.objective)
    for values, new in zip(result, news, strict=True):
        values[rows] = new[lower]
    bound = nothing.copy()
    bound[rows] = found.at_bound[lower]
    return _known(Fits(form, *result, bound), used)


def _known(fits: Fits, used: np.ndarray) -> Fits:
    """Blank the levels of groups without runs."""
    level = np.where(used, fits.level, np.nan)
    return Fits(fits.form, fits.slope, level, fits.floor, fits.objective, fits.at_bound)


def _straight(
    x: np.ndarray, y: np.ndarray, weights: np.ndarray, member: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Weighted least squares of y on x with one intercept a group, all rows at once."""
    mass = weights @ member
    safe = np.where(mass > 0, mass, 1.0)
    x = np.broadcast_to(x, y.shape)
    mean_x, mean_y = ((weights * part) @ member / safe for part in (x, y))
    from_x, from_y = x - mean_x @ member.T, y - mean_y @ member.T
    spread = (weights * from_x**2).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = (weights * from_x * from_y).sum(axis=1) / spread
    return slope, mean_y - slope[:, None] * mean_x


def _refine(
    form: str,
    x: np.ndarray,
    y: np.ndarray,
    weights: np.ndarray,
    member: np.ndarray,
    start: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray],
    bend: float,
    rounds: int = 200,
) -> Fits:
    """Go on from a start to the least-squares or Huber optimum of the log residual.

    Newton steps with exact second derivatives, damped by those of Gauss and Newton where they
    would go up. Where the Huber loss is straight, the damping borrows the weights of iteratively
    reweighted least squares.
    """
    slope, level, floor, at_bound = (part.copy() for part in start)
    rows, groups = level.shape
    middle = (x.max() + x.min()) / 2
    x = x - middle
    seen = np.isfinite(level) & ((weights > 0).astype(float) @ member > 0)
    level = np.where(seen, level + slope[:, None] * middle, float(form == "line"))
    has_floor = form == "floored"
    theta = np.concatenate([level, slope[:, None]], axis=1)
    if has_floor:
        theta = np.concatenate([theta, floor[:, None]], axis=1)
    log_y = np.log(y)
    directions = np.column_stack([member, x])

    def curve(values: np.ndarray, part: slice | np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        linear = values[:, :groups] @ member.T + values[:, groups, None] * x
        if form == "line":
            return linear, linear
        with np.errstate(over="ignore"):
            reducible = np.exp(linear)
        return reducible + (values[:, -1:] if has_floor else 0.0), reducible

    def cost(values: np.ndarray, part) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        fitted, reducible = curve(values, part)
        with np.errstate(divide="ignore", invalid="ignore"):
            residual = log_y[part] - np.log(fitted)
        size = np.abs(residual)
        if np.isinf(bend):
            each = residual**2 / 2
        else:
            each = np.where(size <= bend, residual**2 / 2, bend * (size - bend / 2))
        with np.errstate(invalid="ignore"):
            each = np.where(weights[part] > 0, weights[part] * each, 0.0).sum(axis=1)
        return np.where(np.isfinite(each), each, np.inf), residual, fitted, reducible

    active = np.arange(rows)
    objective, residual, fitted, reducible = cost(theta, active)
    damping = np.full(rows, 0.0 if np.isinf(bend) else 1.0)
    for round_ in range(rounds):
        if not len(active):
            break
        here = weights[active]
        if form == "line":
            outer = 1 / fitted
            columns = [member[None] * outer[:, :, None], (x * outer)[:, :, None]]
        else:
            outer = reducible / fitted
            columns = [member[None] * outer[:, :, None], (x * outer)[:, :, None]]
            if has_floor:
                columns.append((1 / fitted)[:, :, None])
        jacobian = np.concatenate(columns, axis=2)
        size = np.abs(residual)
        if np.isinf(bend):
            pull, stiff, soft = residual, np.ones_like(residual), np.ones_like(residual)
        else:
            pull = np.clip(residual, -bend, bend)
            stiff = (size <= bend).astype(float)
            soft = np.minimum(1.0, bend / np.maximum(size, 1e-300))
        pull = np.where(here > 0, here * pull, 0.0)
        transposed = np.swapaxes(jacobian, 1, 2)
        gradient = (transposed @ pull[:, :, None])[:, :, 0]
        easy = here * (stiff + damping[active, None] * soft)
        hessian = transposed @ ((easy + pull)[:, :, None] * jacobian)
        if form != "line":
            bowed = pull * reducible / fitted
            hessian[:, : groups + 1, : groups + 1] -= directions.T @ (
                bowed[:, :, None] * directions
            )
        scale = np.sqrt((easy[:, :, None] * jacobian**2).sum(axis=1))
        scale = np.where(scale > 0, scale, 1.0)
        hessian = hessian / scale[:, :, None] / scale[:, None, :]
        hessian = hessian + 1e-13 * np.eye(hessian.shape[1])
        empty = np.abs(np.einsum("rkk->rk", hessian)) < 1e-9
        hessian = hessian + np.eye(hessian.shape[1]) * empty[:, :, None]
        step = np.linalg.solve(hessian, (gradient / scale)[:, :, None])[:, :, 0] / scale
        trial = theta[active] + step
        after, new_residual, new_fitted, new_reducible = cost(trial, active)
        better = after <= objective[active] * (1 + 1e-14)
        moved = better[:, None]
        theta[active] = np.where(moved, trial, theta[active])
        change = np.abs((jacobian @ step[:, :, None])[:, :, 0]).max(axis=1)
        objective[active] = np.where(better, after, objective[active])
        residual = np.where(moved, new_residual, residual)
        fitted = np.where(moved, new_fitted, fitted)
        reducible = np.where(moved, new_reducible, reducible)
        before = damping[active]
        damping[active] = np.where(better, before / 10, np.maximum(before * 10, 1e-4))
        damping[active] = np.where(damping[active] < 1e-10, 0.0, damping[active])
        keep = (change > 1e-9) & (better | (before < 1e8))
        if has_floor:
            sunk = -y[active].max(axis=1) if round_ < 3 or not np.isinf(bend) else 0.0
            keep &= theta[active, -1] > sunk
        active = active[keep]
        residual, fitted, reducible = residual[keep], fitted[keep], reducible[keep]
    slope = theta[:, groups]
    level = theta[:, :groups] - slope[:, None] * middle
    floor = theta[:, -1] if has_floor else start[2]
    return Fits(form, slope, level, floor, objective * (2 if np.isinf(bend) else 1), at_bound)


# ---------------------------------------------------------------------------------------------
# the samples


def chinchilla_frontier(
    kind: str = "envelope",
    *,
    bin_decades: float = BIN_DECADES,
    tokens_per_parameter: tuple[float, float] = TOKENS_PER_PARAMETER,
    runs: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the runs of Hoffmann et al. that stand for their compute frontier.

    Parameters
    ----------
    kind : {"envelope", "records", "ratio"}
        The lowest loss in each bin of compute; each run that no run of at most its compute
        matches; or the runs within a range of tokens per parameter.
    bin_decades : float
        Width of the bins of the envelope, counted from 1 FLOP.
    tokens_per_parameter : (float, float)
        The range of the third kind. Tokens are C / (6 N).
    runs : pandas.DataFrame, optional
        Table ``chinchilla_runs``, if not the book's.

    Returns
    -------
    pandas.DataFrame
        ``run`` (text), ``training_flop``, ``loss`` (nats per token), ``tokens_per_parameter``,
        ``runs_in_bin`` (envelope only), in the order of compute.

    Notes
    -----
    The first two kinds select on the outcome: the lowest of many noisy losses is too low. Of equal
    losses in a bin the cheapest run is taken.
    """
    check_choice("kind", kind, FRONTIERS)
    runs = data.load("chinchilla_runs") if runs is None else runs
    table = pd.DataFrame(
        {
            "run": runs["run"].astype(str),
            "training_flop": runs["training_flop"].astype(float),
            "loss": runs["loss_nats"].astype(float),
            "tokens_per_parameter": runs["training_flop"] / (6 * runs["parameters"] ** 2),
        }
    ).sort_values(["training_flop", "loss", "run"], ignore_index=True)
    if kind == "ratio":
        low, high = tokens_per_parameter
        return table[table["tokens_per_parameter"].between(low, high)].reset_index(drop=True)
    if kind == "records":
        earlier = table["loss"].cummin().shift(fill_value=np.inf)
        return table[table["loss"] < earlier].reset_index(drop=True)
    if not bin_decades > 0:
        raise ValueError(f"bins of {bin_decades} decades hold nothing: give a width above zero")
    table["bin"] = np.floor(np.log10(table["training_flop"]) / bin_decades + 1e-9).astype(int)
    table["runs_in_bin"] = table.groupby("bin")["loss"].transform("size")
    lowest = table.sort_values(["bin", "loss", "training_flop", "run"]).drop_duplicates("bin")
    return lowest.drop(columns="bin").sort_values("training_flop", ignore_index=True)


def envelope_bias(
    *,
    bin_decades: float = BIN_DECADES,
    resamples: int = 500,
    confidence: float = 0.95,
    seed: int = 20250209,
    runs: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Say how much lower each bin's lowest loss lies because the bin holds so many runs.

    Parameters
    ----------
    bin_decades, runs
        As in :func:`chinchilla_frontier`.
    resamples, confidence, seed
        Half-samples of the runs, drawn without replacement.

    Returns
    -------
    pandas.DataFrame
        One row a bin with at least two runs: ``training_flop`` (of the bin's lowest run), ``loss``,
        ``runs_in_bin``, ``half`` (mean of the lowest loss with half of all runs), ``low`` and
        ``high`` (percentiles), ``bias_pct`` (the loss against the mean, in per cent: what a
        doubling of the runs took off), ``share_empty`` (half-samples without a run in the bin).

    Notes
    -----
    Within a bin the loss also falls with compute, so the figure is an upper bound on what noise
    alone takes off.
    """
    runs = data.load("chinchilla_runs") if runs is None else runs
    ordered = runs.sort_values(["training_flop", "loss_nats", "run"], ignore_index=True)
    place = np.floor(np.log10(ordered["training_flop"]) / bin_decades + 1e-9).astype(int)
    place = place.to_numpy()
    loss = ordered["loss_nats"].to_numpy(float)
    rng = np.random.default_rng(seed)
    rank = rng.random((len(ordered), resamples)).argsort(axis=0, kind="stable")
    present = rank < len(ordered) // 2
    rows = []
    for number in np.unique(place):
        inside = place == number
        if inside.sum() < 2:
            continue
        drawn = np.where(present[inside], loss[inside][:, None], np.inf).min(axis=0)
        drawn = np.where(np.isfinite(drawn), drawn, np.nan)
        low, high, missing = percentile_interval(drawn[None], confidence)
        lowest = loss[inside].min()
        flop = ordered["training_flop"].to_numpy()[inside][loss[inside].argmin()]
        mean = np.nanmean(drawn)
        rows.append((flop, lowest, int(inside.sum()), mean, low[0], high[0]))
        rows[-1] += (100 * (lowest / mean - 1), missing[0])
    columns = ["training_flop", "loss", "runs_in_bin", "half", "low", "high", "bias_pct"]
    return pd.DataFrame(rows, columns=[*columns, "share_empty"])


def sample(
    name: str,
    *,
    runs: pd.DataFrame | None = None,
    models: pd.DataFrame | None = None,
    ladder: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the runs of one sample, ready to be fitted.

    Parameters
    ----------
    name : str
        One of :data:`SAMPLES` or :data:`WELL_FED_SAMPLES`. "Gadre": the runs of one corpus, one
        group for each ratio of tokens to parameters. "OLMo, ladder": the ladder alone, one group
        for each multiple of 20 tokens per parameter. "OLMo, with targets": all runs in one group,
        since the two large models were trained at ratios that no rung of the ladder has.
    runs, models, ladder : pandas.DataFrame, optional
        Tables ``chinchilla_runs``, ``gadre_models``, ``olmo_runs``, if not those of the book.

    Returns
    -------
    pandas.DataFrame
        ``sample``, ``run``, ``group`` (text), ``training_flop``, ``loss``,
        ``tokens_per_parameter``, in the order of compute. Losses of different samples are not
        comparable: the text on which they are measured, and the tokens, differ.
    """
    check_choice("sample", name, (*SAMPLES, *WELL_FED_SAMPLES))
    source, part, *fed = name.split(", ")
    if source == "Chinchilla":
        kind = "ratio" if part == "near 20" else part
        table = chinchilla_frontier(kind, runs=runs).assign(group="all")
    elif source == "Gadre":
        models = data.load("gadre_models") if models is None else models
        chosen = models[models["corpus"] == part]
        if fed:
            chosen = chosen[chosen["token_multiplier"] >= 20]
        table = pd.DataFrame(
            {
                "run": chosen["model"],
                "group": [f"{ratio:g} tokens a parameter" for ratio in chosen["token_multiplier"]],
                "training_flop": chosen["training_flop"].astype(float),
                "loss": chosen["loss_c4"].astype(float),
                "tokens_per_parameter": chosen["tokens"] / chosen["parameters"],
            }
        )
    else:
        ladder = data.load("olmo_runs") if ladder is None else ladder
        ratio = ladder["tokens"] / ladder["parameters"]
        table = pd.DataFrame(
            {
                "run": ladder["run"],
                "group": [f"{round(value / 20):g} x 20 tokens a parameter" for value in ratio],
                "training_flop": ladder["training_flop"].astype(float),
                "loss": ladder["loss_c4"].astype(float),
                "tokens_per_parameter": ratio,
            }
        )
        if part == "ladder":
            table = table[ladder["role"] == "ladder"]
        else:
            table["group"] = "all"
    table = table.sort_values(["training_flop", "run"], ignore_index=True)
    columns = ["sample", "run", "group", "training_flop", "loss", "tokens_per_parameter"]
    return table.assign(sample=name)[columns]


def samples(names: Sequence[str] = SAMPLES, **tables: pd.DataFrame | None) -> pd.DataFrame:
    """Return several samples under each other, see :func:`sample`."""
    return pd.concat([sample(name, **tables) for name in names], ignore_index=True)


# ---------------------------------------------------------------------------------------------
# which form?


@dataclass(frozen=True)
class Resampled:
    """One form, fitted to a sample and to its resamples under several cuts.

    Attributes
    ----------
    form : str
    fits : Fits
        Rows: cut by cut, first the sample itself, then its resamples.
    noise : numpy.ndarray, shape (cuts, resamples, n)
        A residual of the log loss for every run, drawn anew, for prediction intervals.
    freedom : numpy.ndarray, shape (cuts,)
        Runs less fitted numbers.
    """

    form: str
    fits: Fits
    noise: np.ndarray
    freedom: np.ndarray


def resampled_fits(
    form: str,
    flop: np.ndarray,
    loss: np.ndarray,
    groups: np.ndarray,
    kept: np.ndarray,
    *,
    estimator: str,
    resamples: int,
    seed: int,
    wanted: np.ndarray | None = None,
) -> Resampled:
    """Fit a form below each cut, and again to resampled residuals.

    Parameters
    ----------
    form : str
    flop, loss : numpy.ndarray, shape (n,)
    groups : numpy.ndarray of int, shape (n,)
    kept : numpy.ndarray of bool, shape (cuts, n)
        Which runs are fitted under each cut.
    estimator, resamples, seed
        See :func:`form_fits`. All cuts, and all forms, share the draws.
    wanted : numpy.ndarray of bool, shape (cuts,), optional
        Cuts to resample (default: all). Fits without a degree of freedom never are; what is not
        resampled is NaN.

    Returns
    -------
    Resampled
    """
    cuts, n = kept.shape
    whole = fit_form(
        form,
        flop,
        np.broadcast_to(loss, kept.shape),
        weights=kept.astype(float),
        groups=groups,
        estimator=estimator,
    )
    member = np.eye(int(groups.max()) + 1)[groups]
    fitted_numbers = ((kept.astype(float) @ member) > 0).sum(axis=1) + (
        2 if form == "floored" else 1
    )
    number = kept.sum(axis=1)
    freedom = number - fitted_numbers
    drawable = freedom >= 1 if wanted is None else wanted & (freedom >= 1)
    if resamples == 0:
        return Resampled(form, whole, np.zeros((cuts, 0, n)), freedom)
    fitted = whole.predict(flop, groups)
    with np.errstate(invalid="ignore"):
        residual = np.log(loss) - np.log(fitted)
    rng = np.random.default_rng(seed)
    place, place_of_new = rng.random((2, resamples, n))
    losses, noise = [], []
    drawable &= np.array([np.isfinite(residual[cut][kept[cut]]).all() for cut in range(cuts)])
    for cut in np.flatnonzero(drawable):
        pool = residual[cut][kept[cut]]
        pool = (pool - pool.mean()) * np.sqrt(number[cut] / freedom[cut])
        drawn = pool[(place * len(pool)).astype(int)]
        centre = np.where(kept[cut], fitted[cut], loss)
        losses.append(np.where(kept[cut], centre * np.exp(drawn), loss))
        noise.append(pool[(place_of_new * len(pool)).astype(int)])
    new = np.full((cuts, resamples, n), np.nan)
    if not drawable.any():
        drawn = None
    else:
        new[drawable] = np.stack(noise)
        drawn = fit_form(
            form,
            flop,
            np.concatenate(losses),
            weights=np.repeat(kept[drawable], resamples, axis=0).astype(float),
            groups=groups,
            estimator=estimator,
        )
    order = np.arange(cuts * (resamples + 1)).reshape(cuts, resamples + 1)
    merged = {}
    for name in ("slope", "level", "floor", "objective", "at_bound"):
        first = getattr(whole, name)
        joined = np.full(
            (cuts * (resamples + 1), *first.shape[1:]), first.dtype == bool or np.nan, first.dtype
        )
        joined[order[:, 0]] = first
        if drawn is not None:
            joined[order[drawable, 1:].ravel()] = getattr(drawn, name)
        merged[name] = joined
    return Resampled(form, Fits(form, **merged), new, freedom)


def as_arrays(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[str]]:
    """Return compute, loss, group numbers, shape (n,) each, and group names of one sample."""
    names = list(dict.fromkeys(table["group"]))
    numbers = table["group"].map({name: place for place, name in enumerate(names)})
    flop, loss = table["training_flop"].to_numpy(float), table["loss"].to_numpy(float)
    return flop, loss, numbers.to_numpy(int), names


def form_fits(
    table: pd.DataFrame | None = None,
    *,
    forms: Sequence[str] = FORMS,
    estimator: str = "log loss",
    resamples: int = 500,
    confidence: float = 0.95,
    seed: int = 20250209,
) -> pd.DataFrame:
    """Fit each form to all runs of each sample.

    Parameters
    ----------
    table : pandas.DataFrame, optional
        From :func:`samples` (default: all of them).
    forms, estimator
        See :func:`fit_form`.
    resamples, confidence, seed
        Of the residuals. 500 suffice for a page.

    Returns
    -------
    pandas.DataFrame
        One row a sample and form: ``sample``, ``form``, ``linear`` (what is linear in log C),
        ``n``, ``decades`` (of compute that the runs span), ``exponent`` (of compute; for the line,
        nats per decade), ``exponent_low``, ``exponent_high``, ``floor``, ``floor_low``,
        ``floor_high`` (NaN for the line), ``share_at_zero`` (resamples whose floor is zero),
        ``rms_pct`` (root mean square of the log residual, in per cent), ``at_bound``.
    """
    table = samples() if table is None else table
    rows = []
    for name, part in table.groupby("sample", sort=False):
        flop, loss, groups, _ = as_arrays(part)
        kept = np.ones((1, len(part)), dtype=bool)
        for form in forms:
            found = resampled_fits(
                form,
                flop,
                loss,
                groups,
                kept,
                estimator=estimator,
                resamples=resamples,
                seed=seed,
            )
            steep = -found.fits.slope * (np.log(10) if form == "line" else 1.0)
            floor = np.where(np.isfinite(found.fits.floor), found.fits.floor, np.nan)
            low, high, _ = percentile_interval(np.stack([steep[1:], floor[1:]]), confidence)
            residual = np.log(loss) - np.log(found.fits.predict(flop, groups)[0])
            is_floored = form == "floored"
            rows.append(
                {
                    "sample": name,
                    "form": form,
                    "linear": LINEAR_QUANTITY[form],
                    "n": len(part),
                    "decades": np.log10(flop.max() / flop.min()),
                    "exponent": steep[0],
                    "exponent_low": low[0],
                    "exponent_high": high[0],
                    "floor": floor[0] if is_floored else (0.0 if form == "power" else np.nan),
                    "floor_low": low[1] if is_floored else np.nan,
                    "floor_high": high[1] if is_floored else np.nan,
                    "share_at_zero": (
                        float((floor[1:] <= 0).mean()) if is_floored and resamples else np.nan
                    ),
                    "rms_pct": 100 * float(np.sqrt((residual**2).mean())),
                    "at_bound": bool(found.fits.at_bound[0]),
                }
            )
    return pd.DataFrame(rows)


def curvature(
    table: pd.DataFrame | None = None,
    *,
    estimator: str = "log loss",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Test whether a quantity is straight in log C: does a squared term of log C add anything?

    Parameters
    ----------
    table, estimator
        As in :func:`form_fits`.
    confidence : float

    Returns
    -------
    pandas.DataFrame
        One row a sample and quantity ("loss", "log loss", "log reducible loss"): ``sample``,
        ``quantity``, ``curvature`` (coefficient of the squared log10 C, relative to the mean
        slope: how much of its slope the quantity loses per decade), ``low``, ``high`` (HC1,
        Student's t), ``straight`` (the interval holds zero), ``r_squared`` (of the straight line
        with the groups' intercepts).

    Notes
    -----
    The reducible loss takes away the fitted floor, which was chosen to make it straight, and the
    interval does not know of that choice: it says whether a floor is enough, not what it is.
    All of this is inside the sample. What a form is worth shows outside, in
    :func:`three_observations.loss_extrapolation.extrapolation`.
    """
    table = samples() if table is None else table
    rows = []
    for name, part in table.groupby("sample", sort=False):
        flop, loss, groups, labels = as_arrays(part)
        decades = np.log10(flop)
        decades = decades - decades.mean()
        member = np.eye(len(labels))[groups]
        floor = fit_form("floored", flop, loss, groups=groups, estimator=estimator).floor[0]
        quantities = {
            "loss": loss,
            "log loss": np.log(loss),
            "log reducible loss": np.log(loss - min(floor, 0.999 * loss.min())),
        }
        for quantity, y in quantities.items():
            straight = least_squares(np.column_stack([member, decades]), y)
            slope = straight.coefficients[-1]
            bent = least_squares(np.column_stack([member, decades, decades**2]), y)
            low, high = sorted(
                value / slope for value in bent.interval(len(labels) + 1, confidence)
            )
            middle = bent.coefficients[-1] / slope
            rows.append(
                (name, quantity, -2 * middle, -2 * high, -2 * low, low <= 0 <= high)
                + (straight.r_squared,)
            )
    columns = ["sample", "quantity", "curvature", "low", "high", "straight", "r_squared"]
    return pd.DataFrame(rows, columns=columns)


def nearest_group(part: pd.DataFrame, ratio: float = 20.0) -> str:
    """Return the group whose tokens per parameter lie nearest to a ratio."""
    middle = part.groupby("group", sort=False)["tokens_per_parameter"].median()
    return str(np.abs(np.log(middle / ratio)).idxmin())


def decade_gains(
    table: pd.DataFrame | None = None,
    *,
    at: Sequence[float] = (1e18, 1e21, 1e24),
    forms: Sequence[str] = FORMS,
    estimator: str = "log loss",
    resamples: int = 500,
    confidence: float = 0.95,
    seed: int = 20250209,
) -> pd.DataFrame:
    """Say what a tenfold of compute buys at given compute, under each form.

    Parameters
    ----------
    table, forms, estimator, resamples, confidence, seed
        As in :func:`form_fits`. All runs are fitted.
    at : sequence of float
        FLOP before the tenfold.

    Returns
    -------
    pandas.DataFrame
        One row a sample, form and compute: ``sample``, ``form``, ``training_flop``, ``loss``
        (predicted there), ``gain`` (nats per token by which ten times as much lowers it), ``low``,
        ``high``, ``gain_pct`` (of the loss), ``reducible_left`` (loss less floor; NaN for the
        line), ``decades_beyond`` (from the largest run to ten times the compute; negative inside
        the data). In samples with groups: the group nearest to 20 tokens per parameter.

    Notes
    -----
    A straight line takes a loss below zero in the end: where the loss is not above zero the gain
    is what the line says, and ``gain_pct`` is NaN.
    """
    table = samples() if table is None else table
    at = np.asarray(at, dtype=float)
    rows = []
    for name, part in table.groupby("sample", sort=False):
        flop, loss, groups, labels = as_arrays(part)
        group = labels.index(nearest_group(part))
        kept = np.ones((1, len(part)), dtype=bool)
        for form in forms:
            found = resampled_fits(
                form,
                flop,
                loss,
                groups,
                kept,
                estimator=estimator,
                resamples=resamples,
                seed=seed,
            )
            here = found.fits.predict(at, group)
            gain = here - found.fits.predict(10 * at, group)
            low, high, _ = percentile_interval(gain[1:].T, confidence)
            left = here[0] - found.fits.floor[0]
            rows += [
                {
                    "sample": name,
                    "form": form,
                    "training_flop": at[place],
                    "loss": here[0, place],
                    "gain": gain[0, place],
                    "low": low[place],
                    "high": high[place],
                    "gain_pct": (
                        100 * gain[0, place] / here[0, place] if here[0, place] > 0 else np.nan
                    ),
                    "reducible_left": left[place] if np.isfinite(left[place]) else np.nan,
                    "decades_beyond": np.log10(10 * at[place] / flop.max()),
                }
                for place in range(len(at))
            ]
    return pd.DataFrame(rows)


def floor_profile(
    table: pd.DataFrame | None = None,
    *,
    at: Sequence[float] = (1e18, 1e21, 1e24),
    points: int = 60,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Hold the floor at each of many values and fit the rest: how well, and what follows.

    Parameters
    ----------
    table : pandas.DataFrame, optional
        From :func:`samples`.
    at : sequence of float
        FLOP before a tenfold.
    points : int
        Floors from zero to just below the lowest loss, evenly spaced, with the best floor; and as
        many again over the interval and a step beyond it.
    confidence : float
        Of the interval of the floor: where the sum of squares exceeds the least one by no more
        than Student's t squared times the residual variance.

    Returns
    -------
    pandas.DataFrame
        One row a sample, floor and compute: ``sample``, ``floor``, ``exponent``, ``rms_pct``,
        ``inside`` (the interval), ``best`` (the least sum of squares), ``training_flop``, ``gain``
        (nats per token for a tenfold). Residuals are relative to the loss.
    """
    table = samples() if table is None else table
    at = np.asarray(at, dtype=float)
    parts = []
    for name, part in table.groupby("sample", sort=False):
        flop, loss, groups, labels = as_arrays(part)
        group = labels.index(nearest_group(part))
        x, weights = np.log(flop), 1 / loss**2
        free = exponential_decay(x, loss, weights=weights, groups=groups, floor="nonnegative")
        freedom = len(loss) - len(labels) - 2
        limit = 1 + student(freedom, confidence) ** 2 / freedom if freedom >= 1 else 0.0

        def hold(floors, x=x, loss=loss, weights=weights, groups=groups):
            rows = np.broadcast_to(loss, (len(floors), len(loss)))
            return exponential_decay(x, rows, weights=weights, groups=groups, floor=floors)

        floors = np.unique(np.append(np.linspace(0, 0.995 * loss.min(), points), free.floor[0]))
        first = hold(floors)
        near = np.flatnonzero(first.objective <= first.objective.min() * max(limit, 1.0))
        edges = floors[max(near[0] - 1, 0)], floors[min(near[-1] + 1, len(floors) - 1)]
        floors = np.unique(np.concatenate([floors, np.linspace(*edges, points)]))
        held = hold(floors)
        least = held.objective.min()
        inside = held.objective <= least * limit
        power = held.amplitude[:, [group]] * np.exp(-held.exponent[:, None] * np.log(at))
        gain = power * (1 - 10.0 ** -held.exponent[:, None])
        for place, compute in enumerate(at):
            parts.append(
                pd.DataFrame(
                    {
                        "sample": name,
                        "floor": floors,
                        "exponent": held.exponent,
                        "rms_pct": 100 * np.sqrt(held.objective / len(loss)),
                        "inside": inside,
                        "best": held.objective == least,
                        "training_flop": compute,
                        "gain": gain[:, place],
                    }
                )
            )
    return pd.concat(parts, ignore_index=True)


def floor_interval(profile: pd.DataFrame) -> pd.DataFrame:
    """Say how far the interval of the floor moves what a tenfold buys.

    Parameters
    ----------
    profile : pandas.DataFrame
        From :func:`floor_profile`.

    Returns
    -------
    pandas.DataFrame
        One row a sample and compute: ``sample``, ``training_flop``, ``floor``, ``floor_low``,
        ``floor_high`` (ends of the interval on the grid), ``gain``, ``gain_low``, ``gain_high``
        (the least and the greatest over that interval), ``ratio`` (greatest over least).
    """
    rows = []
    for (name, compute), part in profile.groupby(["sample", "training_flop"], sort=False):
        best, inside = part[part["best"]].iloc[0], part[part["inside"]]
        inside = part[part["best"]] if inside.empty else inside
        low, high = inside["gain"].min(), inside["gain"].max()
        rows.append(
            (name, compute, best["floor"], inside["floor"].min(), inside["floor"].max())
            + (best["gain"], low, high, high / low)
        )
    columns = ["sample", "training_flop", "floor", "floor_low", "floor_high", "gain"]
    return pd.DataFrame(rows, columns=[*columns, "gain_low", "gain_high", "ratio"])


# ---------------------------------------------------------------------------------------------
# small parts
