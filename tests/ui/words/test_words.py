"""Every language says the same things, and the code says nothing that is not in the words."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from cells import CELLS, shipped
from cells.ablation import LINEAR, Held
from cells.cell import OFFERED
from cells.edits import HOW
from cells.handbuilt import HANDBUILT
from cells.loading.article_names import JOINED, LIES, UPDATE
from cells.loading.errors import LoadError
from cells.loading.fragment import NAMELESS
from cells.loading.keras import GATES, RESET
from cells.loading.layouts import LAYOUTS
from cells.loading.sentences import SENTENCES, sentence
from cells.loading.stack import ASK_EMBEDDING, ASK_READOUT
from cells.loading.state_dict import NONLINEARITY
from cells.notation import NAMES, NOTATIONS
from cells.phenomena.table import CLAIMS
from cells.tasks import TASKS
from cells.tokens import READERS
from cells.training.faults import SENTENCES as UNTRAINABLE
from cells.training.materials import LINE
from cells.training.offered import PRESETS, TASKS_OFFERED
from cells.training.written import FIELDS
from cells.weights import INITIALISATIONS
from ui.applications import APPLICATIONS
from ui.compare import ASIDE
from ui.compare import VIEWS as TOGETHER
from ui.compare.formulas import PAIRS
from ui.export import PAPERS
from ui.figures.unit_order import ORDERS
from ui.lessons.truths import TRUTHS
from ui.memory import VIEWS as MEMORIES
from ui.networks.cards import FORMATS
from ui.networks.catalogue import CATALOGUE
from ui.networks.looks import OF_CELL
from ui.networks.own import YOURS
from ui.networks.splitting import SPLITS
from ui.page.frame import PAGES, TEACH
from ui.rooms.faults import STATUS
from ui.selection.hideable import HIDEABLE
from ui.selection.records import PARTS, SYMBOLS, options
from ui.stepper.network_message import label
from ui.stepper.readings import LEVELS
from ui.teach.links import SWITCHES
from ui.teach.workshop import ASKED as ASKED_OF
from ui.verdicts.figures import FORMATS as MEASURED
from ui.verdicts.sources import SOURCES
from ui.words import LANGUAGES, Words
from ui.words.en import WORDS as ENGLISH
from ui.words.zh import WORDS as CHINESE

NEVER_ONE = {  # sentences that are said of several alone
    *("stepper.edit_many_units", "checkpoint.label", "swapped.several", "take.too_many", "take.several"),
    *("lesson_fault.pages", "lesson_fault.long", "recipe_fault.work"),
}
TABLES = {"en": ENGLISH, "zh": CHINESE}
ROOT = Path(__file__).parents[3]
PYTHON = "\n".join(
    path.read_text(encoding="utf-8")
    for path in (ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "ui").rglob("*.py"))
    if "words" not in path.relative_to(ROOT).parts
)
STEPPER = "\n".join(
    path.read_text(encoding="utf-8")
    for path in (ROOT / "ui/stepper").rglob("*")
    if path.suffix in (".js", ".html")
)
ROOM = "\n".join(
    (ROOT / "ui/stepper/js/hosts" / name).read_text(encoding="utf-8")
    for name in ("room_bar.js", "streamlit_door.js")
)
TRAIN = "\n".join(
    (ROOT / "ui/stepper/js" / name).read_text(encoding="utf-8")
    for name in (
        "core/learning_words.js",
        "hosts/train_stage.js",
        *(f"view/{view}.js" for view in ("learning", "learning_curves", "update_parts")),
    )
)
MEANINGS = re.search(r"const MEANINGS = \{(.*?)\n\};", STEPPER, re.DOTALL)[1]
LITERAL = re.compile(r"""["']((?!gates\.)[a-z]{2,}\.(?!(?:py|js|css|html)["'])[a-z_]+)["']""")

CARDS = tuple(shipped.cards().values())
ANSWERS = {answer for card in CARDS for answer in card.answers}
TELLS = {*LINE, *(card.tells for card in CARDS)}


QUESTIONS = (ASK_EMBEDDING, ASK_READOUT, NONLINEARITY, GATES, RESET, JOINED, LIES, UPDATE)
FAULTS = re.findall(r'(?:InputFault\(|key = )"(\w+)"(?: if .* else "(\w+)")?', PYTHON)
FAULTS = {name for names in FAULTS for name in names if name}


def spelt(names: Iterable[str]) -> set[str]:
    """The names that are words; letters and formulas stand for themselves."""
    return {name for name in names if re.search(r"[A-Za-z]{2}", name)}


TERMS = (
    *("token", "step", "network", "layer", "cell", "unit", "x", "embedding", "gate"),
    *("f", "i", "o", "u", "r", "c_tilde", "c", "h", "state", "memory"),
    *("weights", "bias", "readout", "bidirectional", "share", "gradient", "vanishing"),
    *("half_life", "time_scale", "saturated", "log_odds", "correlation"),
    *("edit", "patch", "ablation"),
)


OPTIONS = (
    *(f"direction.{way}" for way in ("up", "same", "down")),
    *(f"level.{place}" for place in ("closed", "between", "open")),
    *(f"sign.{side}" for side in ("below", "nothing", "above")),
    *("correct.right", "correct.wrong", "other_text.same", "other_text.moves"),
    *("other_view.same", "other_view.moves", "grows.fades", "grows.stays", "grows.grows"),
    *(f"best_r.{way}" for way in ("loosely", "somewhat", "closely")),
    *("saturated.few", "saturated.some", "saturated.most", "strides.same"),
    *("left.most", "left.some", "left.nothing"),
    *("bias_moved.far", "bias_moved.somewhat", "bias_moved.hardly"),
    *("without.same", "without.less", "without.little"),
    *("follows.first", "follows.second", "follows.neither"),
)
ENDS = {"curve": ("curve",)}  # of what is no choice and has no place

# What can come out of a claim: a page has a sentence for each.
CAME = {name: (".reproduced", ".not") if claim.tested else (".untested",) for name, claim in CLAIMS.items()}

# What a training can end by, or not begin.
TRAINING_FAULTS = (
    *("diverged", "died", "package", "too_many", "too_often", "no_place"),
    *("none", "nonsense"),
)

# Keys that are put together from a table: each of them must be there, and no others.
STRANGE = {reader.strange for reader in READERS.values()}
ASKED = (
    *MEMORIES,
    "lasting_gru",
    *(view for view in TOGETHER if view != "letter"),
    *PAIRS,
)  # with their answers
FAMILIES: Mapping[str, Iterable[object]] = {
    "menu": (*PAGES, TEACH),
    "hide": HIDEABLE,
    "framed": ("says", "open"),
    "around": ("system", "light", "dark", "lost", "back", "pages"),
    "qr.reach": ("local", "near"),
    "teach": (*SWITCHES, "link_without", "link_without_network"),
    "network": (*CATALOGUE, YOURS),
    "kind": {*(story.kind for story in CATALOGUE.values()), YOURS},
    "twin": (0, 1),
    "predict": (0, 1),
    "score": FORMATS,
    "belief": {card.task.rstrip("0123456789") for card in CARDS} | {"g2p", YOURS},
    "answer": spelt(ANSWERS | TELLS),
    "short": spelt(answer for card in CARDS if card.kind != "linear" for answer in card.answers),
    "application": (f"{name}{part}" for name in APPLICATIONS for part in ("", ".says", ".carries")),
    # Where a story has one mode, nothing is there to choose from.
    "mode": {mode for story in CATALOGUE.values() if len(story.modes) > 1 for mode in story.modes}
    | {*SPLITS, "rows", "kept"},
    "sort": ORDERS,
    "notation": NOTATIONS,
    "initialisation": INITIALISATIONS,
    "directions": (1, 2),
    "layer": (1, 2, 3),
    "direction": ("forward", "backward"),
    "look": (
        *CATALOGUE,
        YOURS,
        *("as_printed", "no_gates_relu"),
        "twin",
        "recorded",
        "no_unit",
        "first_none",
        *OF_CELL.values(),
        *(f"{network}_leaks" for network in HANDBUILT),
    ),
    "title": (*NAMES, "token", "unit", "feature"),
    "sentence": (
        *SYMBOLS,
        *(f"{symbol}_relu" for symbol in ("o", "c_tilde", "h")),
        "hard_sigmoid_5",
        "hard_sigmoid_6",
    ),
    "reads": (
        f"{symbol}_{level}" for symbol in ("f", "i", "o", "u", "r", "c_tilde", "c", "h") for level in LEVELS
    ),
    "inside": ("f", "i", "u", "r", "tanh", "relu", "kept", "rest"),
    # Letters and formulas stand for themselves; names of units that are words do not.
    "unit": {
        name
        for built in HANDBUILT.values()
        for name in built(40).unit_names
        if re.search(r"[a-z]{2}|[a-z] [a-z]", name)
    },
    "fault": (
        "empty",
        "empty_numbers",
        "too_long",
        "not_a_number",
        "not_finite",
        "too_large",
        "weights",
        *FAULTS,
    ),
    "file": SENTENCES,
    "ask": ("part", *(question.name for question in QUESTIONS)),
    # Frameworks name the others.
    "choice": (
        *("usual", "hard_sigmoid_5", "hard_sigmoid_6", "yes", "no", "none", "after", "before", NAMELESS),
        *(choice for question in (JOINED, LIES, UPDATE) for choice in question.choices),
    ),
    "rests": ("symbol", "layer", "direction", "unit", "step", "network"),
    "badge": ("g2p", *(f"matched_{option}" for option in options("matched"))),
    "course": (
        *("back", "next", "end", "close", "fold", "covered", "pages", "again", "score"),
        *("this_token", "this_unit", "show", "draw", "step"),
    ),
    "part": ("other", "elsewhere", *(name for name in PARTS if f"part.{name}" in ENGLISH)),
    "quiz": {
        *(f"ask.{what}" for what in TRUTHS),
        *(f"option.{what}" for what in OPTIONS),
        *(
            f"reply.{what}.{end}"
            for what in TRUTHS
            for end in ENDS.get(TRUTHS[what].shape, ("right", "wrong"))
        ),
    },
    "kind_of_question": ("none", *ASKED_OF),
    "workshop": ("title_of", "says_of", "ask_of"),
    "lesson_fault": re.findall(r'LessonError\("(\w+)"', PYTHON),
    # Which sentences a page has, tests/ui/lessons knows.
    "lesson": (key.removeprefix("lesson.") for key in ENGLISH if key.startswith("lesson.")),
    "exercise": (f"{task}{part}" for task in TASKS_OFFERED for part in ("", ".says")),
    "preset": (f"{name}{part}" for name in PRESETS for part in ("", ".says")),
    "recipe": ("lag", "longest", "succeeds", "fails", "lag_help", "longest_help"),
    "recipe_fault": (*UNTRAINABLE, "clip"),
    "setting": {*FIELDS} - {"embedding"},
    "measure": MEMORIES,
    "without": ("most", "none", "turns"),
    "memory": ("nothing_map", "nothing_erased"),
    "lasting": ("forget", "update", "half_life", "scale"),
    "together": (f"{view}{part}" for view in TOGETHER for part in ("", ".look")),
    "pair": (f"{pair}{part}" for pair in PAIRS for part in ("", ".one", ".other")),
    "letter": PAIRS,
    "question": ASKED,
    "reply": ASKED,
    "matched": options("matched"),
    "track": options("track"),
    "seek": (*MEMORIES, "saturation_alone", "gradient_this", "lasting_alone", "written_alone"),
    "flow_of": options("flow"),
    "patched": ("both",),
    "patch": (
        *("not_finite", "too_many"),
        *(f"{text}_follows" for text in ("second", "first", "neither", "same")),
    ),
    "ablation": (*Held._fields, *(f"without_{symbol}" for symbol in LINEAR)),
    "table": ("gates", "states", "units", "parameters", "multiplications", "sees", "half_life", "score"),
    "sees": (1, 2),
    **dict.fromkeys(
        ("lacks", "lacks_edited"),
        (*(cell.name for cell in OFFERED if ("PyTorch", cell.name) not in LAYOUTS), "variant"),
    ),
    "take.paper": PAPERS,
    "claim": (
        f"{name}{part}"
        for name, source in SOURCES.items()
        for part in ("", ".measured", ".criterion", *CAME[name], *(f".{run.name}" for run in source.runs))
    ),
    "verdict": (
        *("reproduced", "untested"),
        *("seed", "seeds", "fails_exactly"),
    ),
    "figure": MEASURED,
    "task": {card.task for card in CARDS if card.task in TASKS and card.task != "copy"},
    "as": ("f=1", "twin", "printed"),
    "aside": ("gradient", "sum", "sweep", "left_out", *ASIDE.values()),
    **dict.fromkeys(("strange", "notice", "sides.emptied", "sides.strange"), STRANGE),
    **dict.fromkeys(("term", "means", "form"), TERMS),
    "room": {
        *re.findall(r"\bsays\.(?!fault_)([a-z_]+)", ROOM),
        *(f"fault_{name}" for name in (*STATUS, "letters", "network", "none")),
    }
    - {"fault_elsewhere", "fault_too_large"},
    "stage": {
        *re.findall(r"\bsays\.(?!fault_)([a-z_]+)", TRAIN),
        *(f"{act}_says" for act in ("train", "pause", "look", "one", "again", "stop")),
        *("fresh", "asked", "training", "resting", "done", "stopped"),  # phases without a fault
        *(f"fault_{name}" for name in TRAINING_FAULTS),
        *(f"chart_{name}" for name in ("length", "saturated", "r")),
        *("loss_held", "loss_trained"),
        *(f"score_{name}" for name in ("longest", "accuracy", "accuracy_500", "sequences", "squared_error")),
        *(f"part_{name}" for name in ("batch", "loss", "gradient", "weights")),
    },
    "stepper": {
        *re.findall(r"\bwords\.(?!js\b)([a-z_]+)", STEPPER),
        *re.findall(r'data-word(?:-text)?="([a-z_]+)"', STEPPER),
        *(f"edit_{how}" for how in (*HOW, "lower")),
        *(f"mean_{name}" for name in ("usual", *re.findall(r"(\w+): [01]\b", MEANINGS))),
        *(f"preset_{name}" for name in re.findall(r'^  \["(\w+)", "\w"', STEPPER, re.MULTILINE)),
        *(f"guess_{said}" for said in ("up", "stays", "down", "same", "other")),
        *(f"part_{name}" for name in ("value", "b", "U")),
        *(f"when_{name}" for name in ("step", "from", "always")),
        *(f"seen_{name}" for name in ("edited", "original", "difference")),
    },
}
NEEDED = {f"{family}.{name}" for family, names in FAMILIES.items() for name in names}
OPTIONAL = {f"pick.{field}" for field in PARTS}  # the label of a field's widget, where it has one


def test_every_language_has_the_same_keys() -> None:
    assert set(TABLES) == set(LANGUAGES)
    assert all(list(table) == list(ENGLISH) for table in TABLES.values())


def test_no_key_is_missing_and_none_is_left_over() -> None:
    written = set(LITERAL.findall(PYTHON))
    assert (NEEDED | written) - set(ENGLISH) == set()
    assert set(ENGLISH) - NEEDED - OPTIONAL - written == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_shouts(language: str) -> None:
    for key, text in TABLES[language].items():
        assert text.strip() == text != "", key
        assert not set(text) & set("!！"), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_blanks(language: str) -> None:
    blanks = re.compile(r"\{(\w*)(?:\|[^{}]*)?\}")
    for key, text in TABLES[language].items():
        assert sorted(blanks.findall(text)) == sorted(blanks.findall(ENGLISH[key])), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_symbol_is_named_in_words_first_and_by_its_letter_last(language: str) -> None:
    words = Words(language)
    titles, sentences = words.under("title"), words.under("sentence")
    for cell in CELLS.values():
        for symbol in ("x", *cell.symbols, *(f"{state}_prev" for state in cell.states)):
            letter = label(symbol)[0]
            assert titles[symbol].endswith(f" {letter}")
            assert symbol.endswith("_prev") or sentences[symbol]


@pytest.mark.parametrize(
    ("count", "en", "zh"),
    [
        ("1", "1 output, linear", "1 个输出，linear"),
        ("11", "11 outputs, linear", "11 个输出，linear"),
        ("0", "0 outputs, linear", "0 个输出，linear"),
    ],
)
def test_of_one_thing_the_singular_is_said(count: str, en: str, zh: str) -> None:
    assert Words("en")("yours.outputs", count=count, kind="linear") == en
    assert Words("zh")("yours.outputs", count=count, kind="linear") == zh


def test_a_number_and_its_word_stand_together_wherever_they_can_be_one() -> None:
    plural = re.compile(r"\{(?:count|units|layers|steps|features|size)\} (\w+s)\b")
    left = {key for key, text in ENGLISH.items() if plural.search(text) and not key.startswith("file.")}
    assert left == NEVER_ONE


def test_blanks_are_filled_and_a_text_of_the_reader_stays_as_it_is() -> None:
    assert Words("en")("fault.not_finite", place="3", token="nan").startswith("Entry 3, “nan”,")
    assert "{place}" in Words("en")("fault.not_a_number", place="1", token="{place}")
    assert "“{place}”" in Words("en")("fault.not_a_number", token="{place}", place="1")


def test_a_fault_of_a_file_is_told_in_the_readers_language_and_so_is_what_it_tells_of() -> None:
    fault = sentence("stack.misfit", name="{fault}", fault=sentence("stack.bias"))
    error = LoadError("named", name="{fault}.pt", fault=fault)
    assert Words("en").of_file(error.sentence) == str(error)
    assert str(error) == "{fault}.pt: {fault} and those beside it do not fit: bias"
    assert Words("zh").of_file(error.sentence) == "{fault}.pt：{fault} 和同一层的其他张量对不上：偏置"


def test_what_is_said_of_a_file_is_chinese_in_chinese() -> None:
    for key in SENTENCES:
        text = re.sub(r"\{\w+\}", "x", CHINESE[f"file.{key}"])
        assert not re.search(r"([a-z]{2,}[ ,;]+){2}[a-z]{2,}", text), key
        assert not re.search("[一-鿿] ?[,;:.]|[,;:.] ?[一-鿿]", text), key


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"no\.such"):
        Words("en")("no.such")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_is_found_in_a_sentence_and_explained_once(language: str) -> None:
    words = Words(language)
    for name in TERMS:
        found = re.search(words(f"form.{name}"), words(f"term.{name}"))
        assert found, name
        text = f"{found[0]} · {found[0]} · $gate 门$ <b title='gate 门'>"
        told = words.explained(text)
        assert told.count('tabindex="0"') == 1, name
        assert words(f"means.{name}") in html.unescape(told)
        assert told.endswith("$gate 门$ <b title='gate 门'>")
        assert re.sub("</?span[^>]*>", "", told) == text


def test_the_longer_term_is_explained_where_it_holds_a_shorter_one() -> None:
    told = Words("en").explained("The forget gate is a gate; investigate.")
    assert re.findall(r"<span[^>]*>([^<]*)</span>", told) == ["forget gate", "gate"]
    told = Words("zh").explained("遗忘门是一种门。")
    assert re.findall(r"<span[^>]*>([^<]*)</span>", told) == ["遗忘门", "门"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_parts_of_a_sentence_are_the_sentence(language: str) -> None:
    words = Words(language)
    for text in (*TABLES[language].values(), ""):
        parts = words.parts(text)
        assert "".join(part for part, _ in parts) == text
        assert all(part for part, _ in parts)
