"""Training: losses against differences, Adam by its formula, and the promises of the loop."""

from __future__ import annotations

import shutil
from dataclasses import replace

import numpy as np
import pytest

from cells import Network, shipped
from cells.handbuilt import counter
from cells.layers import Readout
from cells.parameters import Theta, by_name
from cells.tasks import TASKS
from cells.training import __main__ as command
from cells.training import lines
from cells.training import training as one_run
from cells.training.adam import Adam
from cells.training.batches import Sample, by_length, side_by_side
from cells.training.data import generated
from cells.training.gradients import dropped, held_out, loss_and_gradient
from cells.training.loop import train
from cells.training.losses import LOSSES
from cells.training.materials import material
from cells.training.recipes import RECIPES, start
from cells.training.schedule import Schedule
from cells.training.scores import counting
from cells.training.training import Training
from cells.untrained import Shape, untrained

SMALL = 1e-6
CARD = shipped.card("parity-lstm")
RECIPE = replace(RECIPES["parity-lstm"], schedule=Schedule(60, 0.02, looks=6, checkpoints=4))


def begun(recipe=RECIPE):
    from_text = material(recipe.task)
    return start(recipe, from_text), from_text.data(recipe.batch, recipe.seed)


@pytest.mark.parametrize("kind", LOSSES)
def test_a_loss_has_the_slope_that_it_says(kind):
    rng = np.random.default_rng(0)
    sums, along = rng.normal(size=(2, 4, 3, 5))
    truth = rng.random((4, 3, 5))
    truth = truth / truth.sum(-1, keepdims=True) if kind == "softmax" else truth
    counts = np.array([[1, 1, 0], [1, 0, 0], [1, 0, 1], [0, 0, 1]], float)
    ahead, behind = (LOSSES[kind](sums + sign * SMALL * along, truth, counts)[0] for sign in (1, -1))
    _, slope = LOSSES[kind](sums, truth, counts)
    assert (slope * along).sum() == pytest.approx((ahead - behind) / (2 * SMALL), rel=1e-6)
    assert not slope[counts == 0].any()


@pytest.mark.parametrize("kind", LOSSES)
def test_losses_stay_finite_where_answers_are_certain_and_wrong(kind):
    sums = np.array([[[1e4, -1e4]]])
    loss, slope = LOSSES[kind](sums, np.array([[[0.0, 1.0]]]), np.ones((1, 1)))
    assert np.isfinite(loss) and np.isfinite(slope).all()


def test_the_whole_gradient_agrees_with_central_differences():
    """Loss, readout, layer and embedding together, in float64, along a random direction."""
    network = untrained(Shape("LSTM", 5, True, "places", 7, 3, 4, "softmax"), seed=1)
    theta, rng = Theta(network, "float64"), np.random.default_rng(2)
    rows = [rng.integers(0, 7, steps) for steps in (6, 2, 4)]
    samples = [Sample(row, np.eye(4)[rng.integers(0, 4, len(row))], np.ones(len(row))) for row in rows]
    batch, along = side_by_side(samples), rng.normal(size=theta.vector.shape)
    kept = (rng.random((3, 10)) > 0.5) * 2.0
    _, gradient = loss_and_gradient(theta, batch, kept)
    here, losses = theta.vector.copy(), []
    for sign in (1, -1):
        theta.vector[:] = here + sign * SMALL * along
        losses.append(loss_and_gradient(theta, batch, kept)[0])
    assert gradient @ along == pytest.approx((losses[0] - losses[1]) / (2 * SMALL), rel=1e-6)


def test_the_first_step_of_adam_is_the_rate_against_the_sign():
    """Kingma & Ba (2015): with its bias taken off, the first step is rate · g / |g| for each number."""
    vector = np.zeros(3)
    length = Adam(vector, clip=1e9).step(np.array([3.0, -0.5, 0.0]), 0.1)
    np.testing.assert_allclose(vector, [-0.1, 0.1, 0], atol=1e-7)
    assert length == pytest.approx(np.hypot(3, 0.5))


def test_a_long_gradient_is_clipped_and_nan_moves_nothing():
    long, short, broken = np.zeros(2), np.zeros(2), np.ones(2)
    for vector, gradient in ((long, [300.0, 400.0]), (short, [0.6, 0.8])):
        adam = Adam(vector, clip=1.0)
        adam.step(np.array(gradient), 0.1)
        adam.step(np.array([0.1, -0.2]), 0.1)
    np.testing.assert_allclose(long, short)
    Adam(broken).step(np.array([np.nan, 1.0]), 0.1)
    assert broken.tolist() == [1, 1]


def test_an_epoch_holds_every_sample_once():
    samples = [
        Sample(np.zeros((1 + n % 7, 1)), np.zeros((1 + n % 7, 1)), np.full(1 + n % 7, n)) for n in range(53)
    ]
    batches = by_length(samples, 8, np.random.default_rng(0), pool=3)
    assert sorted(int(sample.counts[0]) for batch in batches for sample in batch) == list(range(53))


def test_the_same_seed_gives_the_same_network():
    short = replace(RECIPE, schedule=Schedule(6, 0.02, looks=3))
    one, two, other = (train(Training(replace(short, seed=seed))) for seed in (5, 5, 6))
    same = by_name(two.network)
    assert all(np.array_equal(array, same[name]) for name, array in by_name(one.network).items())
    assert one.loss == two.loss != other.loss


def test_training_gives_the_best_weights_that_it_saw():
    network, data = begun()
    first = held_out(network.astype("float32"), data.validation)
    result = train(Training(RECIPE))
    assert result.loss < first
    assert held_out(result.network, data.validation) == pytest.approx(result.loss, rel=1e-5)
    assert result.finished
    assert [step for step, _ in result.checkpoints] == [0, 7, 27, 60]
    assert np.array_equal(result.checkpoints[0][1].readout.W, network.astype("float32").readout.W)


def test_an_interruption_keeps_the_best_so_far():
    _, data = begun()

    def interrupt(progress):
        if progress.step >= 30:
            raise KeyboardInterrupt

    result = train(Training(RECIPE), interrupt)
    assert not result.finished
    assert held_out(result.network, data.validation) == pytest.approx(result.loss, rel=1e-5)


def test_dropout_keeps_the_mean():
    network, data = begun()
    batch = next(data.batches(np.random.default_rng(0)))
    rng = np.random.default_rng(1)
    masks = [dropped(Theta(network), batch, 0.25, rng) for _ in range(200)]
    assert np.mean(masks) == pytest.approx(1, abs=0.02)
    assert set(np.unique(masks)) == {np.float32(0), np.float32(4 / 3)}


def test_held_out_sequences_are_not_those_of_training():
    task = TASKS["first"]
    data = generated(task, 4, seed=3)
    first = next(data.batches(np.random.default_rng(3)))
    assert not np.array_equal(first.rows[:, :4], data.validation[0].rows[:, :4])


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_a_recipe_has_a_name_of_its_own_and_checkpoints_where_its_network_is_small(recipe):
    assert recipe.name.startswith(recipe.task)
    assert bool(recipe.schedule.checkpoints) == (recipe.task in TASKS)


def test_the_command_writes_card_and_weights_and_measures_what_ships(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(shipped, "FOLDER", tmp_path)
    monkeypatch.setattr(command, "RECIPES", {RECIPE.name: RECIPE})
    assert command.main([RECIPE.name]) == 0
    card = shipped.card(RECIPE.name)
    network = shipped.network(RECIPE.name, "float32")
    assert card.scores == pytest.approx(material("parity").score(network), rel=1e-5)
    assert network.parameters == card.parameters
    assert list(shipped.checkpoints(RECIPE.name)) == [0, 7, 27, 60]
    assert [one.update for one in card.recorded][:3] == [0, 7, 27]
    assert RECIPE.name in capsys.readouterr().out


def test_what_ships_is_measured_again_without_training(copied, capsys):
    shipped.save_card(replace(CARD, scores={"accuracy_500": 0.5}, unit=1, tells="odd", r=0.0, recorded=()))
    weights = {path: path.read_bytes() for path in copied.glob("*.npz")}
    assert command.main(["measure", CARD.name]) == 0
    again = shipped.card(CARD.name)
    assert (again.unit, again.tells) == (CARD.unit, CARD.tells)
    assert again.r == pytest.approx(CARD.r, abs=1e-3)
    assert again.scores == pytest.approx(CARD.scores, rel=1e-3)
    assert [one.update for one in again.recorded] == [one.update for one in CARD.recorded]
    assert {path: path.read_bytes() for path in copied.glob("*.npz")} == weights
    assert CARD.name in capsys.readouterr().out


@pytest.fixture
def copied(tmp_path, monkeypatch):
    for ending in (".json", ".npz", ".steps.npz"):
        shutil.copy(shipped.FOLDER / f"{CARD.name}{ending}", tmp_path)
    monkeypatch.setattr(shipped, "FOLDER", tmp_path)
    return tmp_path


def test_the_command_names_what_it_can_train(capsys):
    assert command.main(["parity-elman"]) == 2
    said = capsys.readouterr().out
    assert "there is no network 'parity-elman'" in said
    assert "parity-lstm" in said


def test_counting_is_scored_by_the_first_failure():
    """The hand-built counter, with answers: a while only a's came, b while a > b, the end when even."""
    W = np.zeros((4, 3))
    W[3, 0], W[0, 1], W[0, 2] = -9, 9, -9
    readout = Readout(W, np.array([3.0, -3.0, 3.0]), "sigmoid")
    exact = Network("LSTM", counter(40).network.layers, None, readout)
    assert counting(exact) == {"longest": 200, "correlation": pytest.approx(1)}
    leaky = Network("LSTM", counter(4).network.layers, None, readout)
    assert counting(leaky)["longest"] < 200


def test_all_trains_the_longest_beside_the_others(monkeypatch):
    started, trained = [], []

    class Beside:
        def __init__(self, command, **_):
            started.append(command[-1])

        def wait(self):
            return 0

    monkeypatch.setattr(command.subprocess, "Popen", Beside)
    monkeypatch.setattr(command, "trained", lambda recipe: trained.append(recipe.name) or CARD)
    assert command.main(["all"]) == 0
    assert started == [command.LONGEST]
    assert sorted([*started, *trained]) == sorted(RECIPES)


def test_the_rate_falls_along_half_a_cosine_to_a_twentieth():
    schedule = Schedule(100, 0.02)
    rates = [schedule.at(step) for step in range(101)]
    assert (rates[0], rates[100]) == (pytest.approx(0.02), pytest.approx(0.001))
    assert np.all(np.diff(rates) < 0)
    assert rates[50] == pytest.approx((rates[0] + rates[100]) / 2)


def test_with_an_average_the_running_mean_of_the_weights_is_kept():
    schedules = (Schedule(4, 0.02, checkpoints=3), Schedule(4, 0.02, checkpoints=3, average=0.75))
    plain, mean = (train(Training(replace(RECIPE, schedule=schedule))).checkpoints for schedule in schedules)
    assert [step for step, _ in mean] == [0, 1, 4]
    first, moved, kept = (by_name(one)["readout.W"] for one in (plain[0][1], plain[1][1], mean[1][1]))
    np.testing.assert_allclose(kept, 0.75 * first + 0.25 * moved, rtol=1e-5)


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_what_is_dropped_and_averaged_is_a_share(recipe):
    schedule = recipe.schedule
    assert all(0 <= share < 1 for share in (schedule.dropout, schedule.decay, schedule.average))
    assert schedule.steps > schedule.looks > 0 < schedule.rate < 0.1


@pytest.mark.parametrize(("step", "full"), [(0, 0), (30, lines.BAR // 2), (60, lines.BAR)])
def test_a_bar_is_as_full_as_training_is_far(step, full):
    line = lines.bar("name", lines.Progress(step, 60, 1.0, 1.0, 1.0, 1.0))
    assert (line.count("█"), line.count("·")) == (full, lines.BAR - full)


def test_the_held_out_loss_is_looked_at_as_often_as_asked(monkeypatch):
    looked = []
    monkeypatch.setattr(one_run, "held_out", lambda *_: looked.append(1) or 1.0)
    train(Training(replace(RECIPE, schedule=Schedule(12, 0.01, looks=4))))
    assert len(looked) == 1 + 4


@pytest.mark.parametrize("kind", LOSSES)
def test_where_nothing_counts_nothing_is_lost(kind):
    loss, slope = LOSSES[kind](np.ones((2, 1, 2)), np.ones((2, 1, 2)) / 2, np.zeros((2, 1)))
    assert loss == 0 and not slope.any()
