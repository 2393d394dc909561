"""Estimates and their intervals: the statistics that several chapters share.

Methods and where they come from.

*Standard errors*: HC1 of MacKinnon and White (Journal of Econometrics 29, 1985) and the
cluster-robust sandwich of Liang and Zeger (Biometrika 73, 1986) with the finite-sample factors
of Cameron and Miller (Journal of Human Resources 50, 2015); intervals with Student's t, n - k or
clusters - 1 degrees of freedom.
On request: the classical errors; HC2 and HC3 of the same paper of 1985, of which HC3 is the one
for small samples (Long and Ervin, American Statistician 54, 2000); and Newey and West
(Econometrica 55, 1987) for residuals that hang together in time, with the bandwidth 1.3 n**(1/2)
of Lazarus, Lewis, Stock and Watson (Journal of Business and Economic Statistics 36, 2018) and
the critical values of Kiefer and Vogelsang (Econometric Theory 21, 2005), which do not pretend
that the bandwidth is small against the sample.
*Residuals that fade over time*: generalised least squares with the correlation exp(-gap / time),
by :func:`whitener`; time and share by restricted maximum likelihood (Patterson and Thompson,
Biometrika 58, 1971), by :func:`fading_time`. It knows uneven gaps, which Newey and West do not.
*Charges for a further coefficient*: AICc (Hurvich and Tsai, Biometrika 76, 1989) and the Bayes
factor by BIC, which supposes a prior that is worth one observation (Kass and Wasserman, Journal of
the American Statistical Association 90, 1995; Wagenmakers, Psychonomic Bulletin & Review 14, 2007).
*Intervals from draws*: the percentile method of Efron (Annals of Statistics 7, 1979).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np


@dataclass(frozen=True)
class Fit:
    """A least-squares fit.

    Attributes
    ----------
    coefficients : numpy.ndarray, shape (k,)
    covariance : numpy.ndarray, shape (k, k)
        Robust, and clustered if groups were given.
    degrees_of_freedom : int
        For Student's t: n - k, or groups - 1.
    r_squared : float
    n : int
        Observations.
    groups : int or None
        Number of clusters, if any.
    influence : numpy.ndarray, shape (n, k)
        What each observation adds to the error of each coefficient.
    squares : float
        Sum of squared residuals.
    bandwidth_share : float or None
        Bandwidth over observations, for errors after Newey and West.
    """

    coefficients: np.ndarray
    covariance: np.ndarray
    degrees_of_freedom: int
    r_squared: float
    n: int
    groups: int | None
    influence: np.ndarray
    squares: float = np.nan
    bandwidth_share: float | None = None

    def standard_error(self, position: int) -> float:
        """Return the standard error of one coefficient."""
        return float(np.sqrt(self.covariance[position, position]))

    def interval(self, position: int, confidence: float = 0.95) -> tuple[float, float]:
        """Return the confidence interval of one coefficient."""
        if self.bandwidth_share is None:
            errors = student(self.degrees_of_freedom, confidence)
        else:
            errors = fixed_bandwidth(self.bandwidth_share, confidence)
        reach = errors * self.standard_error(position)
        centre = float(self.coefficients[position])
        return centre - reach, centre + reach


@cache
def student(degrees_of_freedom: int, confidence: float = 0.95) -> float:
    """Return how many standard errors a two-sided interval of Student's t reaches.

    Parameters
    ----------
    degrees_of_freedom : int
        At least 1.
    confidence : float
        Between 0 and 1.

    Notes
    -----
    For whole degrees of freedom the distribution is a finite sum (Abramowitz and Stegun 26.7.3
    and 26.7.4), which is turned round by bisection. That is exact to rounding and spares every
    reader the import of scipy's special functions.
    """
    half, odd = divmod(degrees_of_freedom, 2)
    if degrees_of_freedom < 1 or not 0 < confidence < 1:
        raise ValueError("Student's t needs a degree of freedom and a confidence between 0 and 1")
    step = np.arange(1, half)
    factors = 2 * step / (2 * step + 1) if odd else (2 * step - 1) / (2 * step)
    weights = np.concatenate([[1.0], np.cumprod(factors)]) if half else np.zeros(1)
    powers = 2 * np.arange(len(weights)) + odd

    def inside(angle: float) -> float:
        total = np.sin(angle) * float(weights @ np.cos(angle) ** powers)
        return 2 / np.pi * (angle + total) if odd else total

    low, high = 0.0, np.pi / 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if inside(middle) < confidence else (low, middle)
    return float(np.tan((low + high) / 2) * np.sqrt(degrees_of_freedom))


#: Coefficients of Kiefer and Vogelsang (2005), table 1, for the Bartlett kernel.
FIXED_BANDWIDTH = {
    0.80: (1.2816, 1.3040, 0.5135, -0.3386),
    0.90: (1.6449, 2.1859, 0.3142, -0.3427),
    0.95: (1.9600, 2.9694, 0.4160, -0.5324),
    0.98: (2.3263, 4.1618, 0.5368, -0.9060),
}


def fixed_bandwidth(share: float, confidence: float = 0.95) -> float:
    """Return how many errors after Newey and West a two-sided interval reaches.

    Parameters
    ----------
    share : float
        Bandwidth over observations, above 0 and up to 1.
    confidence : {0.80, 0.90, 0.95, 0.98}
        Those that Kiefer and Vogelsang tabulate.
    """
    if confidence not in FIXED_BANDWIDTH or not 0 < share <= 1:
        known = ", ".join(str(level) for level in FIXED_BANDWIDTH)
        raise ValueError(f"take a share above 0 and up to 1 and a confidence out of {known}")
    return float(np.polynomial.polynomial.polyval(share, FIXED_BANDWIDTH[confidence]))


ERRORS = ("robust", "ordinary", "HC1", "HC2", "HC3", "Newey-West")


def least_squares(
    design: np.ndarray,
    response: np.ndarray,
    clusters: Sequence | np.ndarray | None = None,
    *,
    errors: str = "robust",
    bandwidth: int | None = None,
) -> Fit:
    """Fit by ordinary least squares, with heteroskedasticity-robust or clustered errors.

    Parameters
    ----------
    design : numpy.ndarray, shape (n, k)
        Columns of regressors, the constant among them.
    response : numpy.ndarray, shape (n,)
    clusters : sequence of length n, optional
        Group of each observation. Without it the covariance is HC1; with it, the cluster-robust
        sandwich times G / (G - 1) * (n - 1) / (n - k).
    errors : str
        One of :data:`ERRORS`; ``"robust"`` is what the line above says. ``"Newey-West"`` takes the
        rows to be in the order of time, and is multiplied by n / (n - k).
    bandwidth : int, optional
        For ``"Newey-West"``: one more than the lags that count, at most n. By default
        1.3 n**(1/2), rounded up.

    Returns
    -------
    Fit

    Raises
    ------
    ValueError
        If there are not more observations than regressors, the regressors are collinear, there
        are fewer than two clusters, the errors are not known or not for clusters, or HC2 or HC3
        meets an observation that fixes a coefficient alone.
    """
    design = np.asarray(design, dtype=float)
    response = np.asarray(response, dtype=float)
    n, k = design.shape
    if errors not in ERRORS or (clusters is not None and errors != "robust"):
        raise ValueError(f"errors {errors!r}: one of {', '.join(ERRORS)}; clusters have their own")
    if n <= k:
        raise ValueError(f"{n} observations cannot determine {k} coefficients and their errors")
    if np.linalg.matrix_rank(design) < k:
        raise ValueError("the regressors are collinear: one of them says what others say")
    solver = np.linalg.pinv(design)
    coefficients = solver @ response
    residual = response - design @ coefficients
    influence = residual[:, None] * solver.T
    share = None
    if clusters is None and errors in ("robust", "HC1"):
        covariance = influence.T @ influence * n / (n - k)
        freedom, groups = n - k, None
    elif clusters is None:
        covariance, share = _covariance(design, solver, residual, errors, bandwidth)
        freedom, groups = n - k, None
    else:
        _, member = np.unique(np.asarray(clusters, dtype=str), return_inverse=True)
        groups = int(member.max()) + 1
        if groups < 2:
            raise ValueError("clustered errors need at least two clusters")
        sums = np.zeros((groups, k))
        np.add.at(sums, member, influence)
        factor = groups / (groups - 1) * (n - 1) / (n - k)
        covariance = sums.T @ sums * factor
        freedom = groups - 1
    spread = ((response - response.mean()) ** 2).sum()
    r_squared = 1 - float(residual @ residual / spread) if spread > 0 else np.nan
    squares = float(residual @ residual)
    return Fit(coefficients, covariance, freedom, r_squared, n, groups, influence, squares, share)


def _covariance(
    design: np.ndarray,
    solver: np.ndarray,
    residual: np.ndarray,
    errors: str,
    bandwidth: int | None,
) -> tuple[np.ndarray, float | None]:
    """Return the covariance of the coefficients, and bandwidth over n for Newey and West."""
    n, k = design.shape
    if errors == "ordinary":
        return solver @ solver.T * float(residual @ residual) / (n - k), None
    if errors == "Newey-West":
        width = int(np.ceil(1.3 * np.sqrt(n))) if bandwidth is None else bandwidth
        if not 1 <= width <= n:
            raise ValueError(f"a bandwidth of {width} does not lie between 1 and {n}")
        apart = np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
        weights = np.maximum(1 - apart / width, 0)
        parts = residual[:, None] * solver.T
        return parts.T @ weights @ parts * n / (n - k), width / n
    leverage = (design * solver.T).sum(axis=1)
    if leverage.max() > 1 - 1e-9:
        raise ValueError(f"{errors} needs more points: one of them fixes a coefficient alone")
    power = 1.0 if errors == "HC2" else 2.0
    parts = (residual / (1 - leverage) ** (power / 2))[:, None] * solver.T
    return parts.T @ parts, None


def aicc(squares: float, n: int, coefficients: int) -> float:
    """Return Akaike's criterion for small samples of a least-squares fit; lower is better.

    Parameters
    ----------
    squares : float
        Sum of squared residuals.
    n, coefficients : int
        Observations and fitted coefficients; the variance of the residual counts as one more.

    Raises
    ------
    ValueError
        If there are too few observations for the charge to be finite.
    """
    counted = coefficients + 1
    if n - counted - 1 < 1 or squares <= 0:
        raise ValueError(f"{n} observations are too few, or fitted without error: no AICc")
    return n * float(np.log(squares / n)) + 2 * counted * n / (n - counted - 1)


def bayes_factor(small: float, large: float, n: int, further: int = 1) -> float:
    """Return the Bayes factor, by BIC, for a fit with further coefficients.

    Parameters
    ----------
    small, large : float
        Sums of squared residuals without and with the further coefficients.
    n : int
        Observations.
    further : int
        Number of further coefficients.

    Returns
    -------
    float
        How many times likelier the data are under the larger model: above 1 for it, below 1
        against it. Three is worth a bare mention, ten is strong (Kass and Raftery, Journal of the
        American Statistical Association 90, 1995).
    """
    if small <= 0 or large <= 0:
        raise ValueError("a fit without error has no Bayes factor by BIC")
    return float(np.exp((n * np.log(small / large) - further * np.log(n)) / 2))


def whitener(years: np.ndarray, time: float, share: float = 0.0) -> np.ndarray:
    """Return the matrix that makes fading residuals independent.

    Least squares on the whitened design and response, with ordinary errors, is generalised least
    squares; its intervals with Student's t are exact if the residuals fade as supposed.

    Parameters
    ----------
    years : numpy.ndarray, shape (n,)
        Dates; two may be equal if ``share`` is above zero.
    time : float
        Over which the correlation falls to 37%, in the unit of the dates; zero: none.
    share : float
        Of the variance, belonging to each observation alone.

    Returns
    -------
    numpy.ndarray, shape (n, n)

    Raises
    ------
    ValueError
        If the time is below zero or the share not between 0 and 1.
    """
    if time < 0 or not 0 <= share <= 1:
        raise ValueError("a correlation time is not below zero, a share between 0 and 1")
    years = np.asarray(years, dtype=float)
    gap = np.abs(years[:, None] - years)
    fading = np.exp(-gap / max(time, 1e-12))
    own = max(share, 1e-6)
    root = np.linalg.cholesky((1 - own) * fading + own * np.eye(len(years)))
    return np.linalg.inv(root)


@dataclass(frozen=True)
class Fading:
    """How residuals hang together.

    Attributes
    ----------
    time : float
        Over which their correlation falls to 37%; zero if none is seen.
    share : float
        Of their variance, belonging to each observation alone.
    scatter : float
        Their standard deviation.
    """

    time: float
    share: float
    scatter: float


#: Correlation times that are tried, in years.
FADING_TIMES = (0.0, *np.geomspace(0.1, 3.0, 8).tolist())


def fading_time(
    years: np.ndarray,
    design: np.ndarray,
    response: np.ndarray,
    *,
    times: Sequence[float] = FADING_TIMES,
    shares: Sequence[float] = (0.0, 0.25, 0.5, 0.75),
) -> Fading:
    """Estimate how residuals of a regression fade, by restricted maximum likelihood.

    Parameters
    ----------
    years : numpy.ndarray, shape (n,)
    design : numpy.ndarray, shape (n, k)
    response : numpy.ndarray, shape (n,)
    times, shares : sequence of float
        The grid. Of equal likelihoods the first counts.

    Raises
    ------
    ValueError
        If there are not more observations than regressors.
    """
    n, k = design.shape
    if n <= k:
        raise ValueError(f"{n} observations cannot determine {k} coefficients and their errors")
    best, found = -np.inf, Fading(0.0, 0.0, np.nan)
    for share in shares:
        for time in times:
            white = whitener(years, time, share)
            seen, told = white @ design, white @ response
            residual = told - seen @ (np.linalg.pinv(seen) @ told)
            squares = float(residual @ residual)
            likelihood = -(n - k) / 2 * np.log(squares) + np.log(np.diag(white)).sum()
            likelihood -= np.linalg.slogdet(seen.T @ seen)[1] / 2
            if likelihood > best + 1e-9:
                best = float(likelihood)
                found = Fading(float(time), float(share), float(np.sqrt(squares / (n - k))))
    return found


def percentile_interval(
    draws: np.ndarray, confidence: float = 0.95
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the percentile interval of each row of draws, ignoring missing ones.

    Parameters
    ----------
    draws : numpy.ndarray, shape (quantities, resamples)
        NaN where a resample has no estimate.
    confidence : float
        Between 0 and 1.

    Returns
    -------
    low, high : numpy.ndarray, shape (quantities,)
        Quantiles by linear interpolation; NaN where no draw is left.
    missing : numpy.ndarray, shape (quantities,)
        Share of NaN; NaN without resamples.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence {confidence} is not between 0 and 1")
    quantities, resamples = draws.shape
    if resamples == 0:
        nothing = np.full(quantities, np.nan)
        return nothing, nothing.copy(), nothing.copy()
    ordered = np.sort(draws, axis=1)
    number = resamples - np.isnan(ordered).sum(axis=1)
    row = np.arange(quantities)
    bounds = []
    for quantile in ((1 - confidence) / 2, (1 + confidence) / 2):
        place = quantile * np.maximum(number - 1, 0)
        below = np.floor(place).astype(int)
        above = np.minimum(below + 1, np.maximum(number - 1, 0))
        lower, upper = ordered[row, below], ordered[row, above]
        bounds.append(np.where(number > 0, lower + (place - below) * (upper - lower), np.nan))
    return bounds[0], bounds[1], 1 - number / resamples


def check_choice(what: str, value: str, choices: Sequence[str]) -> None:
    """Raise ValueError if a value is none of the choices."""
    if value not in choices:
        raise ValueError(f"{what} {value!r} is not one of {', '.join(choices)}")
