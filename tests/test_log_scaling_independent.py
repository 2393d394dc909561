"""The headline figures on the log of resources, computed once more and kept apart.

The figures come from the tables as plain rows of text, by short code that shares nothing with the
package; scipy finds the optima.
Beside each stands what an independent referee found from the same tables, to the digit to which it
was written down.
Both must agree with each other and with what the package finds.
So a changed row of a measured table, or a changed method, turns a test red.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from scipy import optimize, stats

from pins import Pinned, Read, Rows, in_memory, on_disk, tolerance
from three_observations import (
    benchmark_scaling,
    capability_frontier,
    data,
    data_ceiling,
    inference_scaling,
    loss_extrapolation,
    scaling_law,
)
from three_observations import log_scaling_verdicts as rules

PARAMETERS = ("E", "A", "B", "alpha", "beta")

# ---------------------------------------------------------------------------------------------
# plain rows of text


def numbers(rows: Rows, *columns: str) -> list[np.ndarray]:
    return [np.array([float(row[column]) for row in rows]) for column in columns]


def line(response: np.ndarray, *columns: np.ndarray) -> np.ndarray:
    """Return the least-squares coefficients, the constant first."""
    return np.linalg.lstsq(np.column_stack([np.ones_like(response), *columns]), response)[0]


# ---------------------------------------------------------------------------------------------
# the law


def huber_fit(rows: Rows, dropped: int) -> tuple[float, ...]:
    """Return E, A, B, alpha, beta of ln L = ln(E + A / N^alpha + B / D^beta), Huber's loss."""
    size, flop, loss = numbers(rows, "parameters", "training_flop", "loss_nats")
    kept = np.argsort(-loss, kind="stable")[dropped:]
    n, d, y = np.log(size)[kept], np.log(flop / 6 / size)[kept], np.log(loss)[kept]
    n_mean, d_mean = n.mean(), d.mean()

    def objective(theta: np.ndarray) -> tuple[float, np.ndarray]:
        a, b, e, alpha, beta = theta
        terms = np.exp([a - alpha * (n - n_mean), b - beta * (d - d_mean), np.full_like(n, e)])
        parts = terms / terms.sum(axis=0)
        miss = np.log(terms.sum(axis=0)) - y
        pull = np.clip(miss, -1e-3, 1e-3)
        value = (pull * (miss - pull / 2)).sum()
        slopes = [parts[0], parts[1], parts[2], parts[0] * (n_mean - n), parts[1] * (d_mean - d)]
        return 1e3 * value, 1e3 * np.array(slopes) @ pull

    fits = []
    for exponent in (0.25, 0.35, 0.5):
        theta = np.array([-1.0, -1.0, 0.5, exponent, exponent])
        for _ in range(3):  # a fresh start of the solver at its own end settles the last digits
            found = optimize.minimize(
                objective, theta, jac=True, method="BFGS", options={"gtol": 1e-12, "maxiter": 999}
            )
            theta = found.x
        fits.append(found)
    a, b, e, alpha, beta = min(fits, key=lambda fit: fit.fun).x
    return (
        math.exp(e),
        math.exp(a + alpha * n_mean),
        math.exp(b + beta * d_mean),
        float(alpha),
        float(beta),
    )


def best_split(law: tuple[float, ...], flop: float) -> tuple[float, float]:
    """Return parameters and tokens where one more of either is worth as much, by bisection."""
    _, a, b, alpha, beta = law

    def tilt(log_size: float) -> float:
        size = math.exp(log_size)
        return alpha * a / size**alpha - beta * b / (flop / 6 / size) ** beta

    size = math.exp(optimize.brentq(tilt, 0, math.log(flop / 6), xtol=1e-13, rtol=1e-14))
    return size, flop / 6 / size


def best_loss(law: tuple[float, ...], flop: float) -> float:
    e, a, b, alpha, beta = law
    size, tokens = best_split(law, flop)
    return e + a / size**alpha + b / tokens**beta


def per_parameter(law: tuple[float, ...], flop: float = 5.76e23) -> float:
    size, tokens = best_split(law, flop)
    return tokens / size


def law_figures(read: Read) -> dict[str, float]:
    found = {}
    rows = read("chinchilla_runs")
    laws = {"240 runs": huber_fit(rows, 5), "all runs": huber_fit(rows, 0)}
    for name, law in laws.items():
        found |= {f"{name}: {k}": v for k, v in zip(PARAMETERS, law, strict=True)}
        found[f"{name}: tokens per parameter"] = per_parameter(law)
    law = laws["240 runs"]
    for flop in (1e18, 1e21, 1e24):
        found[f"next decade at {flop:.0e}"] = best_loss(law, flop) - best_loss(law, 10 * flop)
    above = [best_loss(law, flop) - law[0] for flop in (1e20, 1e22)]
    found["compute exponent"] = math.log(above[0] / above[1]) / math.log(100)
    largest = max(numbers(rows, "training_flop")[0])
    found["last decade"] = best_loss(law, largest / 10) - best_loss(law, largest)
    return found


def printed_figures(read: Read) -> dict[str, float]:
    printed = {row["result"]: float(row["value"]) for row in read("published")}
    exact = [math.exp(printed[f"hoffmann-exact-ln-{name}"]) for name in "eab"]
    exact += [printed[f"hoffmann-exact-{name}"] for name in ("alpha", "beta")]
    rounded = [printed[f"hoffmann-{name}"] for name in ("e", "a", "b", "alpha", "beta")]
    llama = 0.29 * 3.8e25**0.53 / 1e12
    return {
        "Hoffmann exact: tokens per parameter": per_parameter(tuple(exact)),
        "Hoffmann rounded: tokens per parameter": per_parameter(tuple(rounded)),
        "Llama 3 as printed, 1e12 tokens": llama,
        "Llama 3, over its own tokens": llama / printed["llama-3-tokens"],
    }


# ---------------------------------------------------------------------------------------------
# the index


def index_figures(read: Read) -> dict[str, float]:
    rows = [row for row in read("eci_compute") if row["training_flop"]]
    index, flop = numbers(rows, "eci", "training_flop")
    compute = np.log10(flop) - 24
    days = np.array([row["released"] for row in rows], dtype="datetime64[D]")
    year = (days - np.datetime64("2025-01-01")).astype(float) / 365.25
    both = line(index, compute, year)
    bent = line(index, compute, compute**2, year)

    first = [row["developer"].split(",")[0].strip() for row in rows]
    makers = np.array([{"Microsoft Research": "Microsoft"}.get(name, name) for name in first])
    design = np.column_stack([np.ones(len(rows)), compute, year])
    bread = np.linalg.inv(design.T @ design)
    left = index - design @ both
    meat = np.zeros((3, 3))
    for maker in set(makers):
        score = design[makers == maker].T @ left[makers == maker]
        meat += np.outer(score, score)
    n, groups = len(rows), len(set(makers))
    variance = (bread @ meat @ bread)[1, 1] * groups / (groups - 1) * (n - 1) / (n - 3)
    reach = stats.t.ppf(0.975, groups - 1) * math.sqrt(variance)

    new = np.array([row["released"][:4] == "2025" for row in rows])
    slope = line(index[new], compute[new])
    centred = compute[new] - compute[new].mean()
    left = index[new] - slope[0] - slope[1] * compute[new]
    m = new.sum()
    robust = math.sqrt((centred**2 * left**2).sum() * m / (m - 2)) / (centred**2).sum()
    far = stats.t.ppf(0.975, m - 2) * robust
    return {
        "ECI per decade, compute alone": line(index, compute)[1],
        "ECI per decade, with year": both[1],
        "ECI per decade, with year: low": both[1] - reach,
        "ECI per decade, with year: high": both[1] + reach,
        "ECI per year": both[2],
        "ECI bend, with year": 2 * bent[2],
        "ECI per decade, 2025": slope[1],
        "ECI per decade, 2025: low": slope[1] - far,
        "ECI per decade, 2025: high": slope[1] + far,
    }


# ---------------------------------------------------------------------------------------------
# sweeps: one slope with a level for each sweep


def pooled(sweeps: dict[tuple, list[tuple[float, float]]]) -> float:
    """Return the slope on log10 of the amount, with a level for each sweep of three or more."""
    above = below = 0.0
    for runs in sweeps.values():
        if len({amount for amount, _ in runs}) < 3:
            continue
        x, y = np.log10([amount for amount, _ in runs]), np.array([score for _, score in runs])
        above += ((x - x.mean()) * (y - y.mean())).sum()
        below += ((x - x.mean()) ** 2).sum()
    return above / below


def efforts(read: Read) -> dict[tuple, list[tuple[float, float]]]:
    """Return (amount, score) of each run by test, number of questions, and model."""
    found = defaultdict(list)
    for row in read("arc_sweeps"):
        questions = {"ARC-AGI-1": 100, "ARC-AGI-2": 120}[row["benchmark"]]
        run = float(row["usd_per_task"]), float(row["score_pct"])
        found[row["benchmark"], questions, row["model"]].append(run)
    for row in read("gpqa_runs"):
        run = float(row["output_tokens_per_answer"]), float(row["accuracy_pct"])
        found["GPQA", 198, row["version"].rsplit("_", 1)[0]].append(run)
    for row in read("token_sweeps"):
        run = float(row["output_tokens_per_pass"]), float(row["accuracy_pct"])
        found[row["benchmark"], int(float(row["n_questions"])), row["model"]].append(run)
    return found


def effort_figures(read: Read) -> dict[str, float]:
    every = efforts(read)
    return {
        "inference, all sweeps": pooled(every),
        "inference, 30 questions or more": pooled({k: v for k, v in every.items() if k[1] >= 30}),
    }


def data_figures(read: Read) -> dict[str, float]:
    texts = defaultdict(list)
    for row in read("gadre_models"):
        size = round(float(row["parameters"]) / 1e6)
        texts[row["corpus"], size].append((float(row["tokens"]), -float(row["loss_c4"])))
    for row in read("olmo_runs"):
        if row["role"] == "ladder":
            size = round(float(row["parameters"]) / 1e6)
            texts["OLMo", size].append((float(row["tokens"]), -float(row["loss_c4"])))
    return {"data": pooled(texts)}


# ---------------------------------------------------------------------------------------------
# open models, and a ladder


def model_figures(read: Read) -> dict[str, float]:
    rows = [row for row in read("base_models") if row["training_flop"]]
    columns = [column for column in rows[0] if column.endswith("_pct")]
    with_mmlu = [row for row in rows if row["mmlu_pct"]]
    mmlu, flop = numbers(with_mmlu, "mmlu_pct", "training_flop")
    whole = [row for row in rows if all(row[column] for column in columns)]
    scores = np.array(numbers(whole, *columns))
    standard = (scores - scores.mean(axis=1)[:, None]) / scores.std(axis=1)[:, None]
    _, sizes, models = np.linalg.svd(standard, full_matrices=False)
    log_flop = np.log10(numbers(whole, "training_flop")[0])
    return {
        "MMLU per decade": line(mmlu, np.log10(flop))[1],
        "share of the first component": sizes[0] ** 2 / (sizes**2).sum(),
        "first component and log compute": abs(np.corrcoef(models[0], log_flop)[0, 1]),
    }


def ladder_figures(read: Read) -> dict[str, float]:
    rows = read("olmo_predictions")
    told = [r for r in rows if (r["target"], r["quantity"]) == ("13B-5T", "accuracy_pct")]
    actual, predicted = numbers(told, "actual", "predicted")
    return {"OLMo 13B, mean miss": np.abs(predicted - actual).mean()}


# ---------------------------------------------------------------------------------------------
# what the package finds


def package_law() -> dict[str, float]:
    found = {}
    for name, dropped in (("240 runs", 5), ("all runs", 0)):
        law = scaling_law.fit(dropped=dropped).law
        found |= {f"{name}: {k}": v for k, v in zip(PARAMETERS, law.values, strict=True)}
        found[f"{name}: tokens per parameter"] = law.tokens_per_parameter(5.76e23)
        if dropped:
            found |= {f"next decade at {c:.0e}": law.next_decade(c) for c in (1e18, 1e21, 1e24)}
            found["compute exponent"] = law.compute_exponent
            largest = scaling_law.sample()["training_flop"].max()
            found["last decade"] = law.next_decade(largest / 10)
    return found


def package_printed() -> dict[str, float]:
    laws = scaling_law.published_laws()
    exact, rounded = laws[scaling_law.HOFFMANN], laws[scaling_law.HOFFMANN_PRINTED]
    return {
        "Hoffmann exact: tokens per parameter": exact.tokens_per_parameter(5.76e23),
        "Hoffmann rounded: tokens per parameter": rounded.tokens_per_parameter(5.76e23),
        "Llama 3 as printed, 1e12 tokens": data_ceiling.llama_3_check().recomputed / 1e12,
        "Llama 3, over its own tokens": data_ceiling.llama_3_check().ratio,
    }


def package_index() -> dict[str, float]:
    found = capability_frontier.regressions().set_index(["form", "term"])
    both = found.loc["compute and year", "compute"]
    newest = capability_frontier.by_release_year().set_index("release_year").loc["2025"]
    return {
        "ECI per decade, compute alone": found.loc[("compute", "compute"), "estimate"],
        "ECI per decade, with year": both["estimate"],
        "ECI per decade, with year: low": both["clustered_low"],
        "ECI per decade, with year: high": both["clustered_high"],
        "ECI per year": found.loc[("compute and year", "year"), "estimate"],
        "ECI bend, with year": rules.bends_of_training().loc[0, "bend"],
        "ECI per decade, 2025": newest["slope"],
        "ECI per decade, 2025: low": newest["low"],
        "ECI per decade, 2025: high": newest["high"],
    }


def package_efforts() -> dict[str, float]:
    sweeps = inference_scaling.sweeps()
    enough = sweeps[sweeps["questions"] >= rules.LEAST_QUESTIONS]
    every, most = (
        inference_scaling.pooled_slopes(table).set_index("benchmark").loc["all", "slope"]
        for table in (sweeps, enough)
    )
    return {"inference, all sweeps": every, "inference, 30 questions or more": most}


def package_data() -> dict[str, float]:
    slopes = inference_scaling.pooled_slopes(data_ceiling.data_sweeps()).set_index("benchmark")
    return {"data": slopes.loc["all", "slope"]}


def package_models() -> dict[str, float]:
    slopes = benchmark_scaling.between_and_within(benchmarks=("MMLU",)).set_index("slope")
    summary, _, _ = benchmark_scaling.principal_component(resamples=2)
    summary = summary.set_index("quantity")["estimate"]
    return {
        "MMLU per decade": slopes.loc["pooled", "estimate"],
        "share of the first component": summary["variance share of the first component"],
        "first component and log compute": summary["correlation with log compute"],
    }


#: The route in the package's table that is the authors' own prediction.
AUTHORS = "authors"


def package_ladder() -> dict[str, float]:
    found = loss_extrapolation.olmo_summary(loss_extrapolation.olmo_accuracies(resamples=2))
    told = found.set_index(["target", "route"])["mean_abs_points"]
    return {"OLMo 13B, mean miss": told["13B-5T", AUTHORS]}


PLAIN = (
    law_figures,
    printed_figures,
    index_figures,
    effort_figures,
    data_figures,
    model_figures,
    ladder_figures,
)
PACKAGE = (
    package_law,
    package_printed,
    package_index,
    package_efforts,
    package_data,
    package_models,
    package_ladder,
)

# ---------------------------------------------------------------------------------------------
# what the referee found

#: As written down: half a unit of the last digit is the tolerance.
REFEREE = {
    "240 runs: E": "1.81722",
    "240 runs: A": "477.83",
    "240 runs: B": "2143.4",
    "240 runs: alpha": "0.34731",
    "240 runs: beta": "0.36717",
    "240 runs: tokens per parameter": "17.92",
    "all runs: E": "1.8913",
    "all runs: A": "495.7",
    "all runs: B": "12846",
    "all runs: tokens per parameter": "6.816",
    "Hoffmann exact: tokens per parameter": "58.93",
    "Hoffmann rounded: tokens per parameter": "92.65",
    "next decade at 1e+18": "0.5634",
    "next decade at 1e+21": "0.1642",
    "next decade at 1e+24": "0.04785",
    "compute exponent": "0.17848",
    "ECI per decade, compute alone": "14.600",
    "ECI per decade, with year": "9.357",
    "ECI per year": "11.430",
    "ECI per decade, 2025": "1.853",
    "ECI per decade, 2025: low": "-1.406",
    "ECI per decade, 2025: high": "5.113",
    "inference, all sweeps": "22.496",
    "inference, 30 questions or more": "23.570",
    "data": "0.52471",
    "MMLU per decade": "11.972",
    "share of the first component": "0.7494",
    "first component and log compute": "0.848",
    "OLMo 13B, mean miss": "4.167",
    "Llama 3 as printed, 1e12 tokens": "10.46",
}


FIGURES = Pinned(PLAIN, PACKAGE, REFEREE)
broken, plain, package = FIGURES.broken, FIGURES.plain, FIGURES.package


def test_no_pin_is_loose_or_without_a_figure():
    assert set(REFEREE) <= set(plain())
    assert set(plain()) == set(package())
    for written in REFEREE.values():
        assert tolerance(written) <= 1e-3 * abs(float(written))


@pytest.mark.parametrize("figure", REFEREE)
def test_the_plain_figure_is_the_referees(figure):
    assert plain()[figure] == pytest.approx(float(REFEREE[figure]), abs=tolerance(REFEREE[figure]))


@pytest.mark.parametrize("figure", REFEREE)
def test_the_figure_of_the_package_is_the_referees(figure):
    written = REFEREE[figure]
    assert package()[figure] == pytest.approx(float(written), abs=tolerance(written))


def test_plain_and_package_agree_further_than_the_referee_wrote():
    for name, figure in plain().items():
        assert package()[name] == pytest.approx(figure, rel=1e-6), name


def test_the_verdicts_print_these_figures():
    bought = rules.resources().set_index("resource")
    for resource, name in (
        ("training compute", "ECI per decade, with year"),
        ("inference compute", "inference, 30 questions or more"),
        ("data", "data"),
    ):
        assert bought.loc[resource, "slope"] == pytest.approx(plain()[name], rel=1e-9)
    training = bought.loc["training compute", ["slope_low", "slope_high"]].tolist()
    ends = [plain()[f"ECI per decade, with year: {end}"] for end in ("low", "high")]
    assert training == pytest.approx(ends, rel=1e-9)
    last = rules.gains_of_the_last_decade(scaling_law.bootstrap(resamples=2))["gain"].tolist()
    assert last == pytest.approx(
        [plain()["last decade"], plain()["ECI per decade, 2025"]], rel=1e-6
    )


def test_the_verdicts_print_these_counts():
    told = rules.resources().set_index("resource")["evidence"]
    with_compute = sum(row["training_flop"] != "" for row in on_disk("eci_compute"))
    assert told["training compute"] == f"{with_compute} models"
    most = {key: runs for key, runs in efforts(on_disk).items() if key[1] >= 30}
    sweeps = [key for key, runs in most.items() if len({amount for amount, _ in runs}) >= 3]
    assert told["inference compute"].startswith(f"{len(sweeps)} sweeps of ")
    newest = [row["training_flop"] for row in on_disk("eci_compute") if "2025" in row["released"]]
    assert rules.newest_year()["n"] == sum(flop != "" for flop in newest)


# ---------------------------------------------------------------------------------------------
# one changed figure


@pytest.mark.parametrize(
    ("table", "column", "where", "change", "of_rows", "of_package"),
    [
        ("eci_compute", "eci", ("version", "LLaMA-13B"), 2.0, index_figures, package_index),
        (
            "arc_sweeps",
            "score_pct",
            ("version", "o3-mini-2025-01-31-low"),
            0.9,
            effort_figures,
            package_efforts,
        ),
        (
            "token_sweeps",
            "output_tokens_per_pass",
            ("version", "claude-opus-4-20250514"),
            1_000.0,
            effort_figures,
            package_efforts,
        ),
        ("gadre_models", "tokens", ("model", "C4-11M-5"), 1_000_000, data_figures, package_data),
        ("olmo_runs", "loss_c4", ("run", "190M-1xC"), 0.01, data_figures, package_data),
        ("base_models", "mmlu_pct", ("model", "Llama-2-7b-hf"), 2.0, model_figures, package_models),
        ("chinchilla_runs", "loss_nats", ("run", 100), -0.1, law_figures, package_law),
        (
            "olmo_predictions",
            "predicted",
            ("quantity", "accuracy_pct"),
            0.1,
            ladder_figures,
            package_ladder,
        ),
        (
            "published",
            "value",
            ("result", "hoffmann-exact-alpha"),
            1e-3,
            printed_figures,
            package_printed,
        ),
        ("published", "value", ("result", "hoffmann-a"), 1.0, printed_figures, package_printed),
    ],
)
def test_one_changed_figure_breaks_a_pin(
    restored, table, column, where, change, of_rows, of_package
):
    assert broken(of_rows(in_memory)) == broken(of_package()) == []
    frame = data.load(table)
    row = frame.index[frame[where[0]].astype(str) == str(where[1])][0]
    frame.loc[row, column] += change
    data.use(**{table: frame})
    in_rows, in_package = broken(of_rows(in_memory)), broken(of_package())
    assert in_rows
    assert in_rows == in_package


def breaking(table: str, column: str, change: float, of_rows: Callable) -> np.ndarray:
    """Return for each row whether a change of its figure breaks a pin."""
    rows = on_disk(table)
    others = cache(on_disk)
    seen = []
    for place, row in enumerate(rows):
        changed = [*rows]
        changed[place] = row | {column: str(float(row[column]) + change)}
        read = lambda name, changed=changed: changed if name == table else others(name)  # noqa: E731
        seen.append(bool(broken(of_rows(read))))
    return np.array(seen)


def test_any_score_of_the_index_that_is_off_by_two_points_breaks_a_pin():
    assert breaking("eci_compute", "eci", 2.0, index_figures).all()


def test_nearly_any_score_on_arc_that_is_off_by_a_point_breaks_a_pin():
    assert breaking("arc_sweeps", "score_pct", 0.9, effort_figures).mean() > 0.9


@pytest.mark.parametrize("table", ["eci_compute", "arc_sweeps", "gadre_models", "base_models"])
def test_a_row_left_out_breaks_a_pin(restored, table):
    of_rows = {
        "eci_compute": index_figures,
        "arc_sweeps": effort_figures,
        "gadre_models": data_figures,
        "base_models": model_figures,
    }
    frame = data.load(table)
    data.use(**{table: frame.drop(index=frame.index[0]).reset_index(drop=True)})
    assert broken(of_rows[table](in_memory))


def test_the_order_of_the_rows_breaks_nothing(restored):
    changed = {
        name: data.load(name).iloc[::-1].reset_index(drop=True)
        for name in ("eci_compute", "arc_sweeps", "gpqa_runs", "token_sweeps", "base_models")
    }
    data.use(**changed)
    for of_rows, of_package in (
        (index_figures, package_index),
        (effort_figures, package_efforts),
        (model_figures, package_models),
    ):
        assert broken(of_rows(in_memory)) == broken(of_package()) == []
