"""Training judged by several seeds: what it fails, how seldom by mistake, and what it says."""

from __future__ import annotations

import itertools
import json
import math
from fractions import Fraction
from pathlib import Path

import pytest
from folders import Folder, student_of
from nbformat import NotebookNode

from autograder.checks import CheckFailed, convergence
from autograder.checks.author.convergence import FALSE_ALARM, Envelope, Plan, plan
from autograder.course import Course
from autograder.errors import CourseError
from autograder.grading.cache import Cache
from autograder.grading.pool import Job


def chance_of_failing(test: Plan, p: float | Fraction | None = None) -> Fraction:
    """Return the exact chance that a solution fails whose runs lie outside with chance `p`.

    Without `p`: a right solution, judged by recorded runs of its own kind (Pólya's urn).
    """
    alive, failed = {0: Fraction(1)}, Fraction(0)
    for runs in range(test.most):
        after: dict[int, Fraction] = {}
        for outside, chance in alive.items():
            urn = Fraction(test.beyond + outside, test.recorded + 1 + runs)
            step = urn if p is None else Fraction(p)
            for more, part in ((1, chance * step), (0, chance * (1 - step))):
                verdict = test.verdict(runs + 1, outside + more)
                if verdict == "wrong":
                    failed += part
                elif verdict is None:
                    after[outside + more] = after.get(outside + more, Fraction(0)) + part
        alive = after
    return failed


def fastest(test: Plan, verdict: str) -> int | None:
    """Return after how many runs, all alike, the verdict falls; None if not within `most`."""
    for runs in range(1, test.most + 1):
        if test.verdict(runs, runs if verdict == "wrong" else 0) == verdict:
            return runs
    return None


RECORDED = (5, 10, 20, 50, 100, 200)

XOR = '''
import numpy as np

def train(seed, hidden={hidden}, rate={rate}, steps=1500):
    """The losses of a 2-{hidden}-1 network on XOR, full batch."""
    rng = np.random.default_rng(seed)
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = np.array([0.0, 1.0, 1.0, 0.0])
    W, b = rng.normal(size=(2, hidden)) / np.sqrt(2) * {gain}, np.zeros(hidden)
    v, c = rng.normal(size=hidden) / np.sqrt(hidden) * {gain}, 0.0
    losses = []
    for _ in range(steps):
        A = X @ W + b
        H = {activation}
        f = 1 / (1 + np.exp(-(H @ v + c)))
        losses.append(float(-np.mean(np.log(np.where(y == 1, f, 1 - f)))))
        back = (f - y) / len(y)
        inner = np.outer(back, v) * {slope}
        v, c = v - rate * H.T @ back, c - rate * back.sum()
        W, b = W - rate * X.T @ inner, b - rate * inner.sum(axis=0)
    return losses
'''
TANH = {"hidden": 8, "rate": 1.0, "gain": 1.0, "activation": "np.tanh(A)", "slope": "(1 - H**2)"}
RELU = TANH | {"activation": "np.maximum(A, 0)", "slope": "(A > 0)"}


def losses_of(seeds: range, **changes: object) -> tuple[float, ...]:
    space: dict[str, object] = {}
    exec(XOR.format(**TANH | changes), space)
    return tuple(space["train"](seed)[-1] for seed in seeds)  # type: ignore[operator]


@pytest.fixture(scope="module")
def envelope() -> Envelope:
    """Twenty recorded runs of the right solution; the students' seeds are others."""
    return Envelope("loss", losses_of(range(1000, 1020)), floor=0.0)


def envelope_of(recorded: int) -> Envelope:
    return Envelope("loss", tuple(float(run) for run in range(recorded)))


def failure(values: list[float], envelope: Envelope) -> CheckFailed:
    """Return the failure of runs that end with these values, the last one for ever."""
    ends = iter(values)
    last = values[-1]
    with pytest.raises(CheckFailed) as caught:
        convergence.check(lambda _: next(ends, last), envelope)
    return caught.value


class TestXor:
    def test_eight_tanh_units_pass(self, envelope: Envelope) -> None:
        student = student_of(XOR.format(**TANH))
        convergence.check(lambda seed: student.train(seed=seed), envelope)

    def test_a_2_2_1_relu_network_is_rejected(self, envelope: Envelope) -> None:
        student = student_of(XOR.format(**RELU | {"hidden": 2, "gain": 1.4}))
        with pytest.raises(CheckFailed, match=r"ended with a larger loss than right solutions"):
            convergence.check(lambda seed: student.train(seed=seed)[-1], envelope)

    def test_learning_rate_zero_is_rejected_after_five_runs(self, envelope: Envelope) -> None:
        asked: list[int] = []
        student = student_of(XOR.format(**TANH | {"rate": 0.0}))

        def train(seed: int) -> object:
            asked.append(seed)
            return student.train(seed=seed, steps=2)

        with pytest.raises(CheckFailed, match=r"^5 of 5 runs of the training"):
            convergence.check(train, envelope)
        assert asked == [0, 1, 2, 3, 4]

    @pytest.mark.parametrize("unlucky", [0, 1, 3])
    def test_one_unlucky_seed_among_good_ones_does_not_fail(
        self, envelope: Envelope, unlucky: int
    ) -> None:
        good = losses_of(range(12))
        dead = 0.693
        convergence.check(lambda seed: dead if seed == unlucky else good[seed], envelope)

    def test_the_training_is_looked_at_through_a_check(self, tmp_path: Path) -> None:
        values = losses_of(range(1000, 1020))
        file = tmp_path / "cpu.json"
        fields = {"better": "smaller", "values": values}
        file.write_text(json.dumps({"schema": 1, "metrics": {"loss": fields}}))
        folder = Folder(tmp_path).write(
            hidden="""
            from pathlib import Path
            from autograder.checks import convergence, task

            ENVELOPE = convergence.read(Path(__file__).parent / "cpu.json")

            @task("a")
            def test_training_converges(student):
                convergence.check(lambda seed: student.train(seed=seed), ENVELOPE)
            """
        )
        right = XOR.format(**TANH)
        lazy = XOR.format(**TANH | {"rate": 0.0})
        assert folder.one(right, reference=right).passed
        result = folder.one(lazy, reference=right)
        assert result.status == "failed"
        assert "5 of 5 runs of the training ended with a larger loss" in result.message
        assert "seed by seed" not in result.message


class TestTheChanceOfFailingARightSolution:
    @pytest.mark.parametrize("recorded", RECORDED)
    def test_is_exactly_below_what_is_promised(self, recorded: int) -> None:
        chance = chance_of_failing(plan(envelope_of(recorded)))
        assert 0 < chance < FALSE_ALARM < Fraction(1, 10_000)

    @pytest.mark.parametrize("recorded", RECORDED)
    def test_is_smaller_for_a_better_solution(self, recorded: int) -> None:
        # So the promise holds for distributions with ties, and better ones, too.
        test = plan(envelope_of(recorded)) if recorded > 5 else Plan(5, 1, 24)
        chances = [chance_of_failing(test, Fraction(k, 20)) for k in range(21)]
        assert chances == sorted(chances)

    def test_agrees_with_walking_every_path(self) -> None:
        test = Plan(50, envelope_of(50).beyond, 11)
        failed = Fraction(0)
        for path in itertools.product((0, 1), repeat=test.most):
            verdicts = [test.verdict(t, sum(path[:t])) for t in range(1, test.most + 1)]
            if next(v for v in verdicts if v is not None) == "wrong":
                failed += urn(path, test.recorded, test.beyond)
        assert failed == chance_of_failing(test)

    def test_rests_on_an_urn_that_orderings_confirm(self) -> None:
        # Three recorded runs and three new ones: all 720 orders of six runs are equally likely.
        counts: dict[tuple[int, ...], int] = {}
        orders = list(itertools.permutations(range(6)))
        for order in orders:
            bound = max(order[:3])
            path = tuple(int(value > bound) for value in order[3:])
            counts[path] = counts.get(path, 0) + 1
        for path, count in counts.items():
            assert Fraction(count, len(orders)) == urn(path, recorded=3, beyond=1)

    @pytest.mark.parametrize("recorded", RECORDED)
    def test_given_the_envelope_is_seldom_large(self, recorded: int) -> None:
        # "Below 1 in 1,000 that it fails more than 1 right solution in 100."
        test = plan(envelope_of(recorded))
        low, high = Fraction(0), Fraction(1)
        for _ in range(12):
            middle = (low + high) / 2
            unlucky = chance_of_failing(test, middle) > Fraction(1, 100)
            low, high = (low, middle) if unlucky else (middle, high)
        # A new run lies beyond the b-th worst of n with chance > p: fewer than b of n do, at p.
        tail = sum(
            math.comb(recorded, k) * low**k * (1 - low) ** (recorded - k)
            for k in range(test.beyond)
        )
        assert tail < Fraction(1, 1000)


def urn(path: tuple[int, ...], recorded: int, beyond: int) -> Fraction:
    """The chance of a path of runs outside (1) and inside (0), one step after the other."""
    chance = Fraction(1)
    for runs, outside in enumerate(path):
        next_outside = Fraction(beyond + sum(path[:runs]), recorded + 1 + runs)
        chance *= next_outside if outside else 1 - next_outside
    return chance


class TestPower:
    @pytest.mark.parametrize(
        ("recorded", "right", "wrong", "most"),
        [(5, 5, 16, 64), (20, 4, 5, 20), (50, 4, 4, 16), (100, 4, 3, 12), (200, 4, 3, 12)],
    )
    def test_a_verdict_takes_a_few_runs(
        self, recorded: int, right: int, wrong: int, most: int
    ) -> None:
        test = plan(envelope_of(recorded))
        assert (fastest(test, "right"), fastest(test, "wrong"), test.most) == (right, wrong, most)

    @pytest.mark.parametrize("recorded", [20, 50, 100, 200])
    def test_what_fails_three_times_in_four_is_nearly_always_rejected(self, recorded: int) -> None:
        test = plan(envelope_of(recorded))
        assert chance_of_failing(test, 1) == 1
        assert chance_of_failing(test, Fraction(9, 10)) > 0.99
        assert chance_of_failing(test, Fraction(3, 4)) > 0.85

    @pytest.mark.parametrize("recorded", [*RECORDED, 5000, 50_000])
    def test_one_run_decides_nothing(self, recorded: int) -> None:
        test = Plan(recorded, 1, 5)
        assert test.verdict(1, 0) is None
        assert test.verdict(1, 1) is None

    def test_when_the_runs_are_used_up_without_a_verdict_it_passes(self) -> None:
        test = plan(envelope_of(20))
        ends: list[float] = []

        def train(seed: int) -> float:
            """End outside as often as that decides nothing."""
            decided = test.verdict(seed + 1, ends.count(1000.0) + 1) == "wrong"
            ends.append(0.0 if decided else 1000.0)
            return ends[-1]

        convergence.check(train, envelope_of(20))
        assert len(ends) == test.most


class TestWhatIsSaid:
    def test_the_headline_counts_and_the_detail_shows(self) -> None:
        found = failure([25.5, 3.0, 26.0, 27.0, 28.0, 29.0, 31.0, 41.0], envelope_of(20))
        assert found.headline.endswith("ended with a larger loss than right solutions have")
        assert "25.5" not in found.headline
        assert found.detail.startswith("right solutions end at 19 or less; seed by seed: 0: 25.5,")
        assert found.misconception == "convergence"

    def test_larger_can_be_better(self) -> None:
        accuracies = Envelope("accuracy", tuple(0.9 + i / 1000 for i in range(20)), "larger")
        convergence.check(lambda seed: 0.95, accuracies)
        found = failure([0.1, 0.2, 0.1, 0.3, 0.2], accuracies)
        assert "ended with a smaller accuracy" in found.headline
        assert "at 0.9 or more" in found.detail

    def test_nan_and_infinity_are_outside(self) -> None:
        nan, inf = float("nan"), float("inf")
        found = failure([nan, inf, nan, -inf, nan], envelope_of(20))
        assert found.headline == (
            "5 of 5 runs of the training ended with a loss that is not a finite number"
        )
        assert found.misconception == "nan"

    def test_a_loss_below_the_floor_is_outside(self) -> None:
        entropy = Envelope("loss", tuple(1.30 + i / 1000 for i in range(20)), floor=1.29)
        found = failure([0.2, 0.3, 0.25, 0.21, 0.22], entropy)
        assert "below what is possible" in found.headline
        assert found.misconception == "too-good"

    def test_runs_that_do_not_use_their_seed_are_named(self) -> None:
        found = failure([30.0], envelope_of(20))
        assert found.headline.endswith("all runs gave the very same value: is the seed used?")

    def test_the_same_run_with_other_last_digits_is_inside(self) -> None:
        assert convergence.place(19.0 * (1 + 1e-9), envelope_of(20)) == "inside"
        assert convergence.place(19.001, envelope_of(20)) == "beyond"

    @pytest.mark.parametrize(
        ("answer", "said"),
        [
            (None, "is None: is the `return` missing?"),
            ("0.01", "is a string, expected a number"),
            ([], "has shape (0,), expected a number or a sequence"),
            ([[1.0, 2.0]], "has shape (1, 2)"),
        ],
    )
    def test_what_is_no_number_fails_at_once(self, answer: object, said: str) -> None:
        with pytest.raises(CheckFailed) as caught:
            convergence.check(lambda seed: answer, envelope_of(20))
        assert said in caught.value.headline

    def test_an_exception_is_an_ordinary_error(self) -> None:
        with pytest.raises(ZeroDivisionError):
            convergence.check(lambda seed: 1 / 0, envelope_of(20))


def written(tmp_path: Path, **metric: object) -> Path:
    file = tmp_path / "cpu.json"
    fields = {"better": "smaller", "values": [1.0, 2.0, 3.0, 4.0, 5.0]} | metric
    file.write_text(json.dumps({"schema": 1, "device": "cpu", "metrics": {"loss": fields}}))
    return file


class TestTheFile:
    def test_is_read(self, tmp_path: Path) -> None:
        found = convergence.read(written(tmp_path, floor=0.5, enough=7))
        assert found == Envelope("loss", (1.0, 2.0, 3.0, 4.0, 5.0), "smaller", 0.5, 7.0)
        assert found.bound == 7.0

    def test_a_run_that_never_got_there_is_null(self, tmp_path: Path) -> None:
        found = convergence.read(written(tmp_path, values=[*range(59), None]))
        assert found.values[-1] == float("inf")
        assert (found.beyond, found.bound) == (2, 58.0)

    @pytest.mark.parametrize(
        ("metric", "said"),
        [
            ({"better": "lower"}, "metrics.loss.better: expected 'smaller' or 'larger'"),
            ({"values": [1, 2, 3]}, "metrics.loss.values: expected at least 5 runs, got 3"),
            ({"values": [1, 2, "3", 4, 5]}, "metrics.loss.values[2]: expected a finite number"),
            ({"values": [1, 2, 3, 4, None]}, "metrics.loss.values: more than 0 of 5 runs never"),
            ({"floor": 1.5}, "metrics.loss.floor: a recorded run is beyond 1.5"),
            ({"flor": 0}, "metrics.loss.flor: unknown; expected one of better, values"),
        ],
    )
    def test_a_mistake_is_named_with_file_and_field(
        self, tmp_path: Path, metric: dict[str, object], said: str
    ) -> None:
        with pytest.raises(CourseError) as caught:
            convergence.read(written(tmp_path, **metric))
        assert str(caught.value).startswith(f"{tmp_path / 'cpu.json'}: {said}")

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("{", "cannot be read"),
            ('{"schema": 2}', "schema: expected 1, got 2"),
            ('{"schema": 1}', "metrics: expected one entry"),
            ('{"schema": 1, "metrics": {"a": {}, "b": {}}}', "say which one is meant: a, b"),
        ],
    )
    def test_what_is_no_envelope_is_refused(self, tmp_path: Path, text: str, said: str) -> None:
        file = tmp_path / "cpu.json"
        file.write_text(text)
        with pytest.raises(CourseError, match=said):
            convergence.read(file)

    def test_a_metric_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(CourseError, match=r"there is no 'steps', only loss"):
            convergence.read(written(tmp_path), "steps")


def test_what_was_marked_against_other_recorded_runs_is_marked_again(
    tiny_course: Course, tiny_released: NotebookNode
) -> None:
    file = tiny_course.solution_dir("tiny") / "reference" / "cpu.json"
    file.parent.mkdir()
    file.write_text("{}")
    before = Cache(tiny_course, "tiny", "landlock").key(Job("ada", tiny_released))
    file.write_text('{"schema": 1}')
    assert Cache(tiny_course, "tiny", "landlock").key(Job("ada", tiny_released)) != before
